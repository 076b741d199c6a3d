import { expect, it } from 'vitest';
import type { ErrorCode, IngotError } from '../model/errors.ts';
import { validLock, validRecipe, validRecord } from './fixture.ts';
import { lockSchema, ownersSchema, packageListSchema, recipeSchema, recordSchema } from './schemas.ts';
import { parseJson, validate } from './validate.ts';

const valid = { schema: lockSchema, value: validLock() };
const kinds = {
  recipe: { schema: recipeSchema, value: validRecipe(), code: 'RECIPE_INVALID' },
  lock: { ...valid, code: 'INPUT_INVALID' },
  'package list': { schema: packageListSchema, value: { debian: ['zstd'] }, code: 'INPUT_INVALID' },
  owners: { schema: ownersSchema, value: { 'etc/sudoers.d/x': { mode: '0440' } }, code: 'INPUT_INVALID' },
  record: { schema: recordSchema, value: validRecord(), code: 'INPUT_INVALID' },
} as const;
type Kind = keyof typeof kinds;

it.each(Object.keys(kinds) as Kind[])('accepts a well-formed %s', (kind) => {
  const { schema, value } = kinds[kind];
  expect(validate(schema, structuredClone(value), kind)).toEqual(value);
});

// `undefined` removes the key; a dotted path leads to it.
const cases: [Kind, string, { [path: string]: unknown }, string[]][] = [
  ['recipe', 'an unknown base', { base: 'sarge' }, ['.base must be one of forky, trixie, sid']],
  [
    'recipe',
    'misspelt keys, each with what was meant',
    { feature: [], summry: 'x' },
    [
      '. has "feature", which is not known (did you mean "features"?)',
      '. has "summry", which is not known (did you mean "summary"?)',
    ],
  ],
  [
    'recipe',
    'several faults at once, sorted by path',
    { 'machine.memoryMiB': 256, models: [{ name: 'Has Space', source: '' }], name: undefined },
    [
      ". must have required property 'name'",
      '.machine.memoryMiB must be >= 512',
      '.models.0.name "Has Space" is not made of letters a to z, digits, dots, plus signs and hyphens, after a letter or digit',
      '.models.0.source must NOT have fewer than 1 characters',
    ],
  ],
  [
    'recipe',
    'a ratio of zero, which every boot would reach',
    { 'smoke.throughputRatio.kvm': 0 },
    ['.smoke.throughputRatio.kvm must be > 0'],
  ],
  [
    'recipe',
    'the size of its machine among what a boot must reach',
    { 'smoke.cpus': 2 },
    ['.smoke has "cpus", which is not known (it takes throughputRatio, floors)'],
  ],
  [
    'recipe',
    'memory that VMware gives no machine',
    { 'machine.memoryMiB': 2050 },
    ['.machine.memoryMiB must be multiple of 4'],
  ],
  [
    'recipe',
    'a partition where the table is',
    { 'disk.partitions.0.startMiB': 0 },
    ['.disk.partitions.0.startMiB must be >= 1'],
  ],
  ['lock', 'another schema', { schema: 1 }, ['.schema must be equal to constant']],
  [
    'lock',
    'a date that would lead the file name elsewhere',
    { 'release.date': '../../etc' },
    ['.release.date must match pattern "^\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z$"'],
  ],
  [
    'lock',
    'a hash cut short',
    { 'packages.0.sha256': 'abc' },
    ['.packages.0.sha256 must match pattern "^[0-9a-f]{64}$"'],
  ],
  [
    'lock',
    'a foreign architecture and a negative size',
    { 'tools.0.architecture': 'arm64', 'tools.0.size': -1 },
    ['.tools.0.architecture must be one of amd64, all', '.tools.0.size must be >= 0'],
  ],
  [
    'package list',
    'an unknown distribution',
    { fedora: ['x'] },
    ['. has "fedora", which is not known (it takes debian, components, missing)'],
  ],
  [
    'package list',
    'a name that a shell or apt would read as something else',
    { debian: ['zstd', '-o x', 'a;b'] },
    [
      '.debian.1 must match pattern "^[a-z0-9][a-z0-9.+-]*$"',
      '.debian.2 must match pattern "^[a-z0-9][a-z0-9.+-]*$"',
    ],
  ],
  [
    'owners',
    'a mode as YAML number',
    { 'etc/sudoers.d/x.mode': 440 },
    ['.etc/sudoers.d/x.mode must be string'],
  ],
  [
    'record',
    'a file elsewhere and a foreign firmware',
    { file: '../x.iso', firmware: ['coreboot'] },
    ['.file must match pattern "^\\w[\\w.+~-]*$"', '.firmware.0 must be one of bios, uefi'],
  ],
  ['record', 'no hash', { sha256: undefined }, [". must have required property 'sha256'"]],
];

it.each(cases)('refuses a %s with %s', (kind, _what, changes, problems) => {
  const { schema, value, code } = kinds[kind];
  expect(() => validate(schema, changed(value, changes), `${kind} x`, code as ErrorCode)).toThrow(
    expect.objectContaining({ code, message: `${kind} x: ${problems.join('; ')}` }) as IngotError,
  );
});

it.each([
  '/etc/passwd',
  '../up',
  'pool/../../up',
  'pool/..',
  '..',
  'pool/a b.deb',
  '',
  'pool/',
  'pool/.',
  '%2e%2e/up',
  'a?b',
  'a\0',
])('refuses a lock whose package is at "%s"', (path) => {
  const lock = changed(valid.value, { 'packages.0.path': path });
  expect(() => validate(lockSchema, lock, 'lock')).toThrow(/^lock: \.packages\.0\.path must match pattern/);
});

it.each(['pool/main/a..b/x_1..2_all.deb', 'dists/..x/y'])(
  'two dots inside a name are no way up: "%s"',
  (path) => {
    const lock = changed(valid.value, { 'packages.0.path': path });
    expect(validate(lockSchema, lock, 'lock')).toMatchObject({ packages: [{ path }] });
  },
);

it('names the first twenty problems and counts the others, with keys cut', () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}`.padEnd(10_000, 'x'), 1]));
  const value = { ...validRecipe(), ...many };
  const failure = problemOf(() => validate(recipeSchema, value, 'recipe x'));
  expect(failure.match(/ has "/g)).toHaveLength(20);
  expect(failure).toMatch(/; and 10 more$/);
  expect(failure.length).toBeLessThan(3000);
});

it('shows control characters of a key, or of a text that is no JSON, instead of passing them on', () => {
  const value = { ...validRecipe(), '\u001b[31m': 1 };
  expect(problemOf(() => validate(recipeSchema, value, 'x'))).toMatch(/^x: \. has "\\x1b\[31m", which is/);
  expect(problemOf(() => parseJson('\u001b]0;x\u0007', 'x'))).toContain('\\x1b]0;x\\x07');
});

function problemOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as IngotError).message;
  }
  throw new Error('nothing was refused');
}

it('fills in defaults, so that an effect sees every option', () => {
  const schema = { type: 'object', properties: { port: { type: 'integer', default: 9931 } } };
  expect(validate(schema, {}, 'options')).toEqual({ port: 9931 });
});

it('calls a text that is no JSON by its name', () => {
  expect(() => parseJson('{"cut', 'lock x')).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(/^lock x: /),
    }) as IngotError,
  );
  expect(parseJson('{"a":1}', 'lock x')).toEqual({ a: 1 });
});

function changed(value: object, changes: { [path: string]: unknown }): object {
  const copy = structuredClone(value);
  for (const [path, to] of Object.entries(changes)) {
    const keys = path.startsWith('etc/') ? ['etc/sudoers.d/x', 'mode'] : path.split('.');
    const parent = keys.slice(0, -1).reduce((at, key) => (at as never)[key], copy as object);
    if (to === undefined) delete (parent as never)[keys.at(-1)!];
    else Object.assign(parent, { [keys.at(-1)!]: to });
  }
  return copy;
}
