// Looks at Node.js before anything is loaded that an old one would stumble over. What is written here, Node.js 12 reads.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const needed = engines.node.replace('>=', '').split('.').map(Number);
const found = process.versions.node.split('.').map(Number);
if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  const message = `this is Node.js ${process.versions.node}, Ingot needs ${needed.join('.')} or later`;
  const hint =
    'put a newer Node.js first in PATH: Debian 13 has one as nodejs, for other systems nodejs.org has one';
  const json = JSON.stringify({ error: 'HOST_TOOL_MISSING', message, hint });
  const text = `error HOST_TOOL_MISSING: ${message}\n  try: ${hint}`;
  process.stderr.write(`${process.argv.includes('--json') ? json : text}\n`);
  process.exit(5);
}
