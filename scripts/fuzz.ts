import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FuzzReport, fuzz, startParsers } from '../build/fuzz/supervise.ts';
import { targets } from '../build/fuzz/targets.ts';
import { repository } from '../build/host/fs/files.ts';
import { nearest } from '../build/model/errors.ts';

/**
 * Feeds damaged inputs to the parsers of foreign bytes: npm run fuzz -- [--target gguf]… [--count 1000000]
 * [--seed 1]. With --from and --count 1 it makes one input of an earlier run again. Findings are written to
 * out/fuzz.
 */
const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    count: { type: 'string', default: '200000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
  },
});
const names = targets.map(({ name }) => name);
const [count, from] = [values.count, values.from].map(Number) as [number, number];
for (const name of values.target ?? [])
  if (!names.includes(name)) usage(`no target ${name}`, `${nearest(name, names) ?? names.join(', ')}`);
if (!(Number.isSafeInteger(count) && count > 0 && Number.isSafeInteger(from) && from >= 0))
  usage('--count and --from are whole numbers', '--count 1000');

const folder = join(repository, 'out', 'fuzz');
mkdirSync(folder, { recursive: true });
const reports: FuzzReport[] = [];
for (const target of values.target ?? names) {
  // A process of its own, so that the peak is this parser's.
  const parsers = startParsers(join(repository, 'build/fuzz/targets.ts'));
  const progress = process.stderr.isTTY
    ? (tried: number) => process.stderr.write(`\r${target} ${tried} of ${count}`)
    : undefined;
  const report = await fuzz(parsers, { target, seed: values.seed, from, count, progress });
  parsers.stop();
  reports.push(report);
  show(report);
}
writeFileSync(join(folder, 'report.json'), `${JSON.stringify(reports, null, 2)}\n`);
if (reports.some(({ findings }) => findings.length)) process.exitCode = 1;

function show({ target, tried, accepted, refused, slowest, peakBytes, seconds, findings }: FuzzReport): void {
  const counts = Object.entries({ accepted, ...refused }).map(([what, times]) => `${times} ${what}`);
  console.log(
    `${process.stderr.isTTY ? '\r' : ''}${target.padEnd(14)} ${tried} inputs, ${(tried / seconds).toFixed(0)}/s, ` +
      `${counts.join(', ')}; slowest ${slowest.milliseconds.toFixed(0)} ms (number ${slowest.index}), ` +
      `peak ${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
  );
  for (const { index, kind, reason, input } of findings) {
    const path = join(folder, `${target}-${values.seed}-${index}`);
    if (input !== undefined) writeFileSync(path, Buffer.from(input, 'base64'));
    console.log(
      `  ${kind} by number ${index}: ${JSON.stringify(reason)}${input === undefined ? '' : `\n    ${path}`}`,
    );
    console.log(`    npm run fuzz -- --target ${target} --seed ${values.seed} --from ${index} --count 1`);
  }
}

function usage(wrong: string, hint: string): never {
  console.error(`error USAGE: ${wrong}\n  try: ${hint}`);
  process.exit(2);
}
