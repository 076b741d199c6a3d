import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadVerbs } from '../build/commands/_verbs.ts';
import { catalogue } from '../build/commands/list.ts';
import { repository } from '../build/host/fs/files.ts';
import { topics } from '../build/hygiene/judge.ts';
import { errorCodes } from '../build/model/errors.ts';
import { readProofs } from '../build/verify/proof.ts';
import type { OverviewRow } from '../build/vm/overview.ts';

/** Rewrites README.md's tables and recipe from what the code uses; with --check it only says whether they are current. */
const { recipes, targets, features } = await catalogue();
const proofs = await readProofs();
const tables: { [name: string]: string } = {
  verbs: table(
    ['verb', 'what it does', 'options'],
    (await loadVerbs()).map((v) => [
      `\`ingot ${[v.name, ...v.arguments.map(([syntax]) => syntax)].join(' ')}\``,
      v.summary,
      v.options.map(({ flags }) => `\`${flags}\``).join(' '),
    ]),
  ),
  recipe: `\`\`\`ts\n${readFileSync(join(repository, 'recipes/nanite-server.ts'), 'utf8')}\`\`\``,
  recipes: table(
    ['recipe', 'base', 'what it is', 'features'],
    recipes.map((r) => [`\`${r.name}\``, r.base, r.summary, r.features.map(({ name }) => name).join(', ')]),
  ),
  targets: table(
    ['target', 'what it is', 'firmware'],
    targets.map((t) => [`\`${t.name}\``, t.summary, t.firmware.join(', ')]),
  ),
  features: table(
    ['feature', 'what it does', 'options', 'requirements'],
    features.map((f) => [
      `\`${f.name}\``,
      f.summary,
      Object.entries(f.options)
        .map(([name, o]) => `\`${name}\`: ${o.description} (${JSON.stringify(o.default)})`)
        .join('; '),
      f.requirements.join(', '),
    ]),
  ),
  hygiene: table(
    ['about', 'checks'],
    Object.entries(topics).map(([topic, all]) => [topic, all.map(({ name }) => name).join(', ')]),
  ),
  proofs: table(
    ['recipe', 'target', 'archive of', 'environments', 'differing bytes', 'sha256'],
    proofs.map(({ recipe, target, archive, environments }) => [
      `\`${recipe}\``,
      `\`${target}\``,
      archive.slice(0, 10),
      environments.map(({ name }) => name).join(', '),
      String(environments.reduce((sum, { differingBytes }) => sum + differingBytes, 0)),
      [...new Set(environments.map(({ files }) => artifactHash(files)))].map(shortHash).join(' '),
    ]),
  ),
  faults: faultTable(),
  starts: startTable(),
  errors: table(
    ['code', 'exit status', 'meaning'],
    Object.entries(errorCodes).map(([code, { exit, meaning }]) => [`\`${code}\``, String(exit), meaning]),
  ),
};

interface FaultResults {
  bounded: boolean;
  seconds: number;
  seed: number;
  kinds: { [kind: string]: { cases: number; held: number; of: number } };
}

/** What a run of the fault harness counted, as it was committed. */
function faultTable(): string {
  const text = readFileSync(join(repository, 'scripts/results/faults.json'), 'utf8');
  const { kinds, bounded, seconds, seed } = JSON.parse(text) as FaultResults;
  const rows = Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = (pick: (row: FaultResults['kinds'][string]) => number) =>
    rows.reduce((total, [, row]) => total + pick(row), 0);
  const all = { cases: sum((r) => r.cases), held: sum((r) => r.held), of: sum((r) => r.of) };
  const run = `${bounded ? 'The bounded part' : 'The full run'}, seed ${seed}, ${Math.round(seconds / 60)} minutes:`;
  const counts = table(
    ['fault', 'cases', 'invariants held'],
    [...rows, ['**all**', all] as const].map(([kind, r]) => [kind, String(r.cases), `${r.held} of ${r.of}`]),
  );
  return `${run}\n\n${counts}`;
}

/** What `npm run test:qemu -- --all` found, as it was committed. */
function startTable(): string {
  const text = readFileSync(join(repository, 'scripts/results/starts.json'), 'utf8');
  const rows = JSON.parse(text) as OverviewRow[];
  const verdict = ({ ok, failed }: { ok: number; failed: number }) =>
    ok + failed ? `${ok} of ${ok + failed}` : '';
  const found = table(
    [
      'target',
      'started on',
      'by',
      'from',
      'checks that held',
      'power cuts outlived',
      'same machine after',
      'sha256',
    ],
    rows.map((row) => [
      `\`${row.target}\``,
      row.platforms.join(', '),
      row.firmware.join(', '),
      row.controllers.join(', '),
      verdict(row.checks),
      verdict(row.powerCuts),
      row.format === 'iso' ? '' : row.sameIdentity ? 'yes' : 'NO',
      shortHash(row.sha256),
    ]),
  );
  const missing = targets.filter(({ name }) => !rows.some(({ target }) => target === name));
  const others = `Not in it yet: ${missing.map(({ name }) => `\`${name}\``).join(', ')}.`;
  return [...(rows.length ? [found] : []), ...(missing.length ? [others] : [])].join('\n\n');
}

const path = join(repository, 'README.md');
const before = readFileSync(path, 'utf8');
let after = before;
for (const [name, text] of Object.entries(tables)) {
  const block = new RegExp(`(<!-- gen:${name} -->\n)[\\s\\S]*?(<!-- /gen -->)`);
  if (!block.test(after)) throw new Error(`README.md has no place for the table ${name}`);
  after = after.replace(block, (_all, open: string, close: string) => `${open}\n${text}\n\n${close}`);
}
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('README.md is out of date; run npm run gen');
    process.exitCode = 1;
  }
} else writeFileSync(path, after);

/** Of the finished files, the image is the one that the others are named after. */
function artifactHash(files: { [name: string]: string }): string {
  return files[Object.keys(files).sort((a, b) => a.length - b.length)[0]!]!;
}

function shortHash(hash: string): string {
  return `\`${hash.slice(0, 16)}…\``;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
