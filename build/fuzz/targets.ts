import { parseRecords, parseReleaseDate, parseSimulation } from '../distros/debian/apt.ts';
import { explainApt } from '../distros/debian/apt-complaints.ts';
import { renderLock } from '../formats/text/lock-file.ts';
import { renderTemplate } from '../formats/text/template.ts';
import { parseYaml } from '../formats/text/yaml.ts';
import { IngotError } from '../model/errors.ts';
import type { Lock } from '../model/lock.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { validLock, validRecipe, validRecord } from '../schema/fixture.ts';
import {
  lockSchema,
  ownersSchema,
  packageListSchema,
  recipeSchema,
  recordSchema,
} from '../schema/schemas.ts';
import { parseJson, validate } from '../schema/validate.ts';
import { parseVitest } from '../smoke/vitest-results.ts';
import { scanLog } from '../vm/log-patterns.ts';
import { gguf } from './gguf-target.ts';
import { gpt } from './gpt-target.ts';
import { type FuzzTarget, Violation } from './judge.ts';
import { mutateText } from './mutate-text.ts';
import { textSeeds } from './text-seeds.ts';
import { unifiedKernel } from './unified-kernel-target.ts';

const lockText = renderLock(validLock());
const mirror = 'https://archive.example/debian/';
const name = /^[a-z0-9][a-z0-9.+-]*$/;

/** Everything that reads bytes which other programs or people wrote. */
export const targets: FuzzTarget[] = [
  gguf,
  gpt,
  unifiedKernel,
  text('lock', [lockText, JSON.stringify(validLock())], checkLock, /^lock x: /),
  text('record', [JSON.stringify(validRecord(), null, 2)], checkRecord, /^record x: /),
  {
    ...text('recipe', [JSON.stringify(validRecipe())], (input) =>
      validate(recipeSchema, parseJson(input, 'recipe x', 'RECIPE_INVALID'), 'recipe x', 'RECIPE_INVALID'),
    ),
    refuses: { code: 'RECIPE_INVALID', message: /^recipe x: / },
  },
  text('package-list', textSeeds.packageLists, checkPackageList, /^list x: /),
  text('owners', textSeeds.owners, checkOwners, /^owners x: /),
  text('apt-simulation', textSeeds.simulations, checkSimulation),
  text('apt-records', textSeeds.records, checkRecords, /^apt's record of /),
  text('apt-complaint', textSeeds.complaints, checkComplaint),
  text('release', textSeeds.releases, checkRelease, /^the Release file /),
  text('template', textSeeds.templates, checkTemplate, /^template x: /),
  text('console-log', textSeeds.consoles, checkConsole),
  {
    ...text('vitest-report', textSeeds.vitest, checkVitest),
    refuses: { code: 'COMMAND_FAILED', message: /^vitest's report: / },
  },
];

function text(
  what: string,
  seeds: string[],
  check: (input: string) => unknown,
  message?: RegExp,
): FuzzTarget {
  return {
    name: what,
    input: (random) => mutateText(random, seeds),
    check: (input) => check(input as string),
    refuses: message && { code: 'INPUT_INVALID', message },
  };
}

function checkLock(input: string): void {
  const lock = validate<Lock>(lockSchema, parseJson(input, 'lock x'), 'lock x');
  const again = renderLock(lock);
  must(
    renderLock(validate<Lock>(lockSchema, JSON.parse(again), 'again')) === again,
    'another text after reading it again',
  );
  must(!Number.isNaN(new Date(lock.sourceDateEpoch * 1000).getTime()), `the time ${lock.sourceDateEpoch}`);
  for (const { path, size } of [...lock.packages, ...lock.tools]) {
    must(new URL(mirror + path).href === mirror + path, `the path ${path}, which a URL changes`);
    must(
      /^(?!\.{1,2}$)./.test(path.split('/').at(-1)!) && !path.includes('\0'),
      `the path ${path}, no file's`,
    );
    must(Number.isSafeInteger(size), `the size ${size}`);
  }
}

function checkRecord(input: string): void {
  const { file } = validate<ArtifactRecord>(recordSchema, parseJson(input, 'record x'), 'record x');
  must(/^(?!\.)[^/\p{Cc}]+$/u.test(file), `the file ${file}`);
}

function checkPackageList(input: string): void {
  const list = validate<{ debian?: string[] }>(packageListSchema, parseYaml(input, 'list x'), 'list x');
  const { debian = [] } = list;
  must(
    debian.every((item) => name.test(item)),
    `the names ${debian}`,
  );
}

function checkOwners(input: string): void {
  const owners = validate<{ [path: string]: { mode?: string } }>(
    ownersSchema,
    parseYaml(input, 'owners x') ?? {},
    'owners x',
  );
  for (const { mode } of Object.values(owners))
    must(!mode || Number.parseInt(mode, 8) <= 0o777, `mode ${mode}`);
}

function checkSimulation(input: string): void {
  for (const chosen of parseSimulation(input)) must(/^[^\s:=]+=\S+$/.test(chosen), `the package ${chosen}`);
}

function checkRecords(input: string): void {
  for (const locked of parseRecords(input)) {
    must(name.test(locked.name) && /^\S+$/.test(locked.version), `${locked.name} ${locked.version}`);
    must(
      /^[0-9a-f]{64}$/.test(locked.sha256) && Number.isSafeInteger(locked.size),
      `${JSON.stringify(locked)}`,
    );
    must(!/^\/|\s/.test(locked.path) && !locked.path.split('/').includes('..'), `the path ${locked.path}`);
  }
}

function checkComplaint(input: string): void {
  const said = explainApt(new IngotError('COMMAND_FAILED', input), { base: 'forky', mirror: 'mirror m' });
  must(said instanceof IngotError && said.code !== 'INTERNAL', `${said}`);
}

function checkRelease(input: string): void {
  const date = parseReleaseDate(input);
  must(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/.test(date), `the date ${date}`);
}

function checkTemplate(input: string): void {
  const values = { hostname: 'nanite', port: 9931, features: { inference: { port: 1 } } };
  const placed = renderTemplate(input, values, 'x');
  must(typeof placed === 'string', `${typeof placed}`);
  // A backslash keeps a tag as it is.
  if (input.includes('\\')) return;
  const plain = input.replace(/\{\{ ?([\w.-]+) ?\}\}/g, (_all, path: string) =>
    String(valueAt(values, path)),
  );
  must(placed === plain, `${JSON.stringify(input)} was rendered as ${JSON.stringify(placed)}`);
}

function checkConsole(input: string): void {
  for (const line of scanLog(input)) must(/^[a-z ]+: \S/.test(line), `the line ${line}`);
}

function checkVitest(input: string): void {
  const { checks, figures } = parseVitest(input, ['qemu-tests/zram.test.ts', 'qemu-tests/image.test.ts']);
  must(checks.length > 0 && checks.every(({ ok }) => typeof ok === 'boolean'), 'no verdict');
  must(Object.getPrototypeOf(figures) === Object.prototype, 'figures with another prototype');
}

function valueAt(values: object, path: string): unknown {
  return path.split('.').reduce((value: unknown, key) => (value as Record<string, unknown>)[key], values);
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Violation(otherwise);
}
