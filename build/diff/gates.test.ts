import { describe, expect, it } from 'vitest';
import { facts } from './fixture.ts';
import { assertMeasured, judgeGates, parseGates } from './gates.ts';
import { diffImages } from './images.ts';

const conditions = { start: 1, controller: 'usb', platform: 'metal', accelerator: 'tcg' };
const measured = [
  { ...conditions, firmware: 'bios', boot: { a: 50, b: 60 }, tokens: { a: 10, b: 9 } },
  { ...conditions, firmware: 'uefi', boot: { a: 50, b: 50 } },
];
const packages = (names: string[]) => new Map(names.map((name) => [name, '1']));
const diff = diffImages(
  facts({ size: 1000, packages: packages(['a', 'b', 'c', 'd']) }),
  facts({ size: 1050, packages: new Map([...packages(['a', 'e', 'f']), ['b', '2']]) }),
  measured,
);
const failed = (...expressions: string[]) =>
  judgeGates(parseGates(expressions), diff)
    .filter(({ ok }) => !ok)
    .map(({ expression }) => expression);

describe('a limit that is kept passes, and one that is crossed fails', () => {
  it.each([
    ['size=+5%', 'size=+4.9%'],
    ['size=+50B', 'size=+49B'],
    ['size=+1KiB', 'size=+0.01KiB'],
    ['size=-0', 'size=0'],
    ['packages=+2', 'packages=+1'],
    ['packages=-2', 'packages=-1'],
    ['packages=5', 'packages=4'],
    ['packages=+50%', 'packages=+49%'],
    ['files=0', 'packages=0'],
    ['models=0', 'packages=3'],
    ['boot=+20%', 'boot=+19%'],
    ['boot=+10s', 'boot=+9.5s'],
    ['boot=-0', 'boot=10%'],
    ['tokens=-10%', 'tokens=-9%'],
    ['tokens=-1', 'tokens=-0.5'],
    ['tokens=+0', 'tokens=0'],
    ['kernel-options=0', 'tokens=5%'],
  ])('%s and %s', (kept, crossed) => {
    expect(failed(kept)).toEqual([]);
    expect(failed(crossed)).toEqual([crossed]);
    expect(failed(crossed, kept)).toEqual([crossed]);
  });
});

it('says what it found', () => {
  const found = (expression: string) => judgeGates(parseGates([expression]), diff).map((one) => one.found);
  expect(found('size=0')).toEqual(['1050 bytes instead of 1000 (+5.0%)']);
  expect(found('packages=0')).toEqual(['2 added, 2 removed, 1 changed, of 4']);
  expect(found('boot=0')).toEqual([
    'start 1 by bios on usb (metal) under tcg: 60 s instead of 50 (+20.0%)',
    'start 1 by uefi on usb (metal) under tcg: 50 s instead of 50 (+0.0%)',
  ]);
  expect(found('tokens=0')).toEqual([
    'start 1 by bios on usb (metal) under tcg: 9 tokens/s instead of 10 (-10.0%)',
  ]);
});

it.each([
  'size',
  'size=',
  'size=5',
  'size=+5',
  'size=+5MB',
  'size=+5s',
  'size=++5%',
  'size=5%%',
  'size>5%',
  ' size=5%',
  'weight=5%',
  'constructor=1',
  'packages=+10MiB',
  'packages=toString',
  'boot=+5',
  'files=-',
  'tokens=1e3',
  '',
])('refuses %j by name and says what is valid', (expression) => {
  expect(() => parseGates(['files=0', expression])).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      message: `--fail-on ${expression}: not a metric with a limit`,
      hint: expect.stringContaining('size, packages, units, kernel-options, models, files, boot, tokens'),
    }),
  );
});

it('names all that are wrong', () => {
  expect(() => parseGates(['a=1', 'files=0', 'b'])).toThrow('--fail-on a=1, b: ');
});

describe('a gate on what was not measured is no pass', () => {
  const where = { artifacts: ['x/a.iso', 'y/a.iso'], reports: 'out/test' };
  it.each([
    ['boot=+20%', []],
    ['tokens=-10%', []],
    ['tokens=-10%', [measured[1]!]],
  ])('%s', (expression, found) => {
    expect(() => assertMeasured(parseGates(['size=+5%', expression]), found, where)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: expect.stringContaining(
          `--fail-on ${expression}: out/test has no test reports of these very files (x/a.iso and`,
        ),
      }),
    );
  });
  it('but one on what was, or on something else, is judged', () => {
    assertMeasured(parseGates(['boot=0', 'tokens=0']), measured, where);
    assertMeasured(parseGates(['size=0', 'files=0']), [], where);
  });
});
