// TypeScript without a compile step: tsx strips the types on Node versions that do not do it themselves.
import { readFileSync } from 'node:fs';
import { register } from 'tsx/esm/api';

// Loading Ingot alone opens dozens of files at once; with fewer, Node would end in the middle of it with a stack trace.
const needed = 256;
const allowed = Number(/^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
if (allowed < needed) {
  const message = `only ${allowed} open files are allowed, Ingot needs ${needed}`;
  const hint = 'ulimit -n 4096, then run the same command again';
  const json = JSON.stringify({ error: 'LIMIT_REACHED', message, hint });
  const text = `error LIMIT_REACHED: ${message}\n  try: ${hint}`;
  process.stderr.write(`${process.argv.includes('--json') ? json : text}\n`);
  process.exit(5);
}
register();
await import('../build/cli.ts');
