import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verb } from '../build/commands/_verb.ts';
import { loadVerbs } from '../build/commands/_verbs.ts';
import { catalogue } from '../build/commands/list.ts';
import { ownChecks } from '../build/distros/checks.ts';
import { repository } from '../build/host/fs/files.ts';
import { topics } from '../build/hygiene/judge.ts';
import { verdictKinds } from '../build/kernel/verdict.ts';
import type { OptionSchema } from '../build/model/define.ts';
import { errorCodes } from '../build/model/errors.ts';
import { fragmentNames, readFragment } from '../build/project/fragments.ts';
import { findSuites, tiers } from '../build/suites/run/suites.ts';
import { readTimes } from '../build/suites/run/times.ts';
import { readProofs } from '../build/verify/proof.ts';
import { environments } from '../build/verify/variations.ts';
import type { OverviewRow } from '../build/vm/overview.ts';
import { requirementTables } from './requirement-tables.ts';
import { figuresHead, figuresRows } from './system-figures.ts';

const found = await catalogue();
const { recipes, targets, features } = found;
const asked = await requirementTables(found);
const verbs = await loadVerbs();
const fragments = await Promise.all((await fragmentNames()).map(readFragment));
const code = (text: string) => `\`${text}\``;

/** The generated blocks of the documentation, by name; scripts/gen.ts puts them into the pages. */
export const tables: { [name: string]: string } = {
  recipe: `\`\`\`ts\n${readFileSync(join(repository, 'recipes/nanite-server.ts'), 'utf8')}\`\`\``,
  recipes: table(
    ['recipe', 'base', 'what it is'],
    recipes.map((r) => [code(r.name), r.base, r.summary]),
  ),
  targets: table(
    ['target', 'what it is', 'firmware'],
    targets.map((t) => [code(t.name), t.summary, t.firmware.join(', ')]),
  ),
  features: table(
    ['feature', 'what it does', 'requirements'],
    features.map((f) => [code(f.name), f.summary, f.requirements.join(', ')]),
  ),
  'feature-options': table(
    ['feature', 'option', 'default', 'meaning'],
    features.flatMap((f) => Object.entries(f.options).map(([name, o]) => optionRow(f.name, name, o))),
  ),
  verbs: table(
    ['verb', 'what it does'],
    verbs.map((verb) => [`[${code(synopsis(verb))}](#${anchor(synopsis(verb))})`, verb.summary]),
  ),
  'verb-options': verbs.map(verbSection).join('\n\n'),
  errors: table(
    ['code', 'exit status', 'meaning'],
    Object.entries(errorCodes).map(([name, { exit, meaning }]) => [code(name), String(exit), meaning]),
  ),
  environments: table(
    ['environment', 'what is different'],
    environments.map(({ name, varies }) => [code(name), varies]),
  ),
  proofs: table(
    ['recipe', 'target', 'archive of', 'environments', 'differing bytes', 'sha256'],
    (await readProofs()).map(({ recipe, target, archive, environments: built }) => [
      code(recipe),
      code(target),
      archive.slice(0, 10),
      built.map(({ name }) => name).join(', '),
      String(built.reduce((sum, { differingBytes }) => sum + differingBytes, 0)),
      [...new Set(built.map(({ files }) => imageHash(files)))].map(shortHash).join(' '),
    ]),
  ),
  hygiene: table(
    ['about', 'checks'],
    [topics, ...Object.values(ownChecks)]
      .flatMap((all) => Object.entries(all))
      .map(([topic, checks]) => [topic, checks.map(({ name }) => name).join(', ')]),
  ),
  'system-figures': table(figuresHead, figuresRows(recipes.filter(({ name }) => name !== 'nanite-server'))),
  fragments: table(
    ['fragment', 'purpose'],
    fragments.map(({ name, purpose }) => [code(name), purpose!]),
  ),
  verdicts: table(
    ['verdict', 'meaning'],
    Object.entries(verdictKinds).map(([kind, meaning]) => [code(kind), meaning]),
  ),
  systems: table(asked.counts.head, asked.counts.rows),
  'system-items': asked.items
    .map(({ system, head, rows }) => `### ${system}\n\n${table(head, rows)}`)
    .join('\n\n'),
  faults: faultTable(),
  starts: startTable(),
  suites: suiteTable(),
};

function optionRow(feature: string, name: string, option: OptionSchema): string[] {
  const { default: value, enum: choices, description } = option;
  const shown = Array.isArray(value) ? value.join(' ') : String(value);
  const allowed = Array.isArray(choices)
    ? `; one of ${choices.map((choice) => code(String(choice))).join(', ')}`
    : '';
  return [code(feature), code(name), code(shown), `${description}${allowed}`];
}

function synopsis({ name, arguments: words }: Verb): string {
  return ['ingot', name, ...words.map(([syntax]) => syntax)].join(' ');
}

/** The name by which a link finds a heading, as on GitHub. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

function verbSection(verb: Verb): string {
  const options = [
    ...verb.arguments.map(([syntax, what]) => [code(syntax), what, '']),
    ...verb.options.map(({ flags, description, default: value, several }) => [
      code(flags),
      `${description}${several ? ' (may be repeated)' : ''}`,
      value === undefined ? '' : code([value].flat().join(' ')),
    ]),
  ];
  return [
    `### ${code(synopsis(verb))}`,
    ...(options.length ? [table(['argument or option', 'meaning', 'default'], options)] : []),
    ['```sh', ...verb.examples, '```'].join('\n'),
  ].join('\n\n');
}

interface FaultResults {
  bounded: boolean;
  seconds: number;
  seed: number;
  kinds: { [kind: string]: { cases: number; held: number; of: number } };
}

/** What a run of the fault suites counted. */
function faultTable(): string {
  const { kinds, bounded, seconds, seed } = readResults<FaultResults>('faults')!;
  const rows = Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = (pick: (row: FaultResults['kinds'][string]) => number) =>
    rows.reduce((total, [, row]) => total + pick(row), 0);
  const all = { cases: sum((r) => r.cases), held: sum((r) => r.held), of: sum((r) => r.of) };
  const run = `${bounded ? 'The bounded part' : 'The full run'}, seed ${seed}, ${Math.round(seconds / 60)} minutes:`;
  const counts = table(
    ['fault', 'cases', 'invariants that held'],
    [...rows, ['**all**', all] as const].map(([kind, r]) => [kind, String(r.cases), `${r.held} of ${r.of}`]),
  );
  return `${run}\n\n${counts}`;
}

/** What starting every target found. */
function startTable(): string {
  const rows = readResults<OverviewRow[]>('starts')!;
  const verdict = ({ ok, failed }: { ok: number; failed: number }) =>
    ok + failed ? `${ok} of ${ok + failed}` : '';
  const found = table(
    ['target', 'platform', 'firmware', 'disk controller', 'checks', 'power cuts', 'same machine', 'sha256'],
    rows.map((row) => [
      code(row.target),
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
  const others = `Not started yet: ${missing.map(({ name }) => code(name)).join(', ')}.`;
  return [found, ...(missing.length ? [others] : [])].join('\n\n');
}

/** Every suite, and how long it took when its time was last recorded. */
function suiteTable(): string {
  const times = readTimes();
  const rows = tiers.flatMap(findSuites).map(({ file }) => {
    const { tests, seconds, cores, part } = times[file] ?? {};
    const time =
      seconds === undefined ? 'not recorded' : `${seconds} s on ${cores} cores${part ? `, ${part}` : ''}`;
    return [code(file), String(tests ?? ''), time];
  });
  return table(['suite', 'tests', 'time'], rows);
}

/** What a run left in scripts/results; undefined where nothing was kept yet. */
function readResults<T>(name: string): T | undefined {
  const path = join(repository, 'scripts/results', `${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** Of the finished files, the image is the one that the others are named after. */
function imageHash(files: { [name: string]: string }): string {
  return files[Object.keys(files).sort((a, b) => a.length - b.length)[0]!]!;
}

function shortHash(hash: string): string {
  return code(`${hash.slice(0, 16)}…`);
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
