import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { repository } from '../host/fs/files.ts';
import type { IngotError } from '../model/errors.ts';
import { junit, parseVitest } from './vitest-results.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-results-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = {
  'good.test.ts': `import { test } from 'vitest';
test('measures', ({ task }) => { task.meta.figures = { 'tokens per second': 12 }; });
test('is well', () => {});`,
  'found.test.ts': `import { expect, test } from 'vitest';
test('finds nothing', () => { expect(['unit failed: ' + 'x'.repeat(5000) + '.service', 'and another']).toEqual([]); });`,
  'mixed.test.ts': `import { describe, expect, test } from 'vitest';
describe('ssh', () => {
  test('fails', () => { expect('closed').toBe('open'); });
  test.skip('is skipped', () => {});
  test.todo('is yet to come');
});`,
  'hook.test.ts': `import { beforeAll, test } from 'vitest';
beforeAll(() => { throw new Error('no way into the guest'); });
test('would pass', () => {});`,
  'broken.test.ts': `throw new Error('cannot be read');`,
  'empty.test.ts': '',
  'after.test.ts': `import { afterAll, test } from 'vitest';
afterAll(() => { throw new Error('could not tidy up'); });
test('passes', () => {});`,
};

/** What vitest itself reports of these files, judged; `asked` are the files that should have run. */
async function judged(names: string[], asked = names) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const own = `import config from '${repository}/qemu-tests/vitest.config.ts';`;
  const settings = 'export default { test: { chaiConfig: config.test.chaiConfig } };';
  writeFileSync(join(folder, 'vitest.config.mjs'), `${own}\n${settings}\n`);
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  const out = join(folder, 'results.json');
  const vitest = [
    join(repository, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=json',
    `--outputFile=${out}`,
  ];
  await promisify(execFile)(process.execPath, [...vitest, ...names], { cwd: folder }).catch(() => {});
  rmSync(join(folder, 'node_modules'));
  return parseVitest(readFileSync(out, 'utf8'), asked);
}

it('counts as ok only what passed: not what failed, was skipped, is to come, could not start or ran nothing', async () => {
  const names = ['good', 'mixed', 'hook', 'broken', 'empty'].map((name) => `${name}.test.ts`);
  const { checks, figures } = await judged(names, [...names, 'absent.test.ts']);
  expect(checks.map(({ name, ok, message }) => [name, ok, message?.split('\n')[0]])).toEqual([
    ['measures', true, undefined],
    ['is well', true, undefined],
    ['ssh fails', false, "AssertionError: expected 'closed' to be 'open' // Object.is equality"],
    ['ssh is skipped', false, 'skipped'],
    ['ssh is yet to come', false, 'todo'],
    ['would pass', false, 'no way into the guest'],
    ['broken.test.ts', false, 'cannot be read'],
    ['empty.test.ts', false, expect.stringContaining('No test suite found')],
    ['absent.test.ts', false, 'the file ran no check'],
  ]);
  expect(figures).toEqual({ 'tokens per second': 12 });
});

it('says all that a failed check found, and where in the check', async () => {
  const { checks } = await judged(['found.test.ts']);
  const lines = checks[0]!.message!.split('\n');
  const found = `[ 'unit failed: ${'x'.repeat(5000)}.service', 'and another' ]`;
  expect(lines[0]).toBe(`AssertionError: expected ${found} to deeply equal []`);
  expect(lines.slice(1)).toEqual([expect.stringMatching(/^ {4}at \S+\/found\.test\.ts:2:\d+$/)]);
});

it('counts as failed a run that failed outside of its checks', async () => {
  const { checks } = await judged(['after.test.ts', 'good.test.ts']);
  expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
    ['passes', true],
    ['measures', true],
    ['is well', true],
    ['vitest', false],
  ]);
});

it.each([
  ['a report cut short', '{"success":tr', /^vitest's report: .*JSON/],
  ['no files', '{"success":true}', /^vitest's report: \. must have required property 'testResults'$/],
  [
    'a check without a verdict',
    results({ fullName: 'x' }),
    /\.testResults\.0\.assertionResults\.0 must have/,
  ],
  [
    'a duration in words',
    results({ fullName: 'x', status: 'passed', duration: 'long' }),
    /duration must be number/,
  ],
])('refuses %s', (_what, text, message) => {
  expect(() => parseVitest(text, ['a.test.ts'])).toThrow(
    expect.objectContaining({
      code: 'COMMAND_FAILED',
      message: expect.stringMatching(message),
    }) as IngotError,
  );
});

it('takes figures as values, whatever their names', () => {
  const check = '{"fullName":"x","status":"passed","meta":{"figures":{"__proto__":{"MiB":1},"MiB":2}}}';
  const text = results({}).replace('{}', check);
  const { figures } = parseVitest(text, ['a.test.ts']);
  expect(Object.getPrototypeOf(figures)).toBe(Object.prototype);
  expect(Object.keys(figures)).toEqual(['__proto__', 'MiB']);
});

function results(check: object): string {
  return JSON.stringify({ success: true, testResults: [{ name: 'a.test.ts', assertionResults: [check] }] });
}

it('writes JUnit XML that no character of a console breaks', () => {
  const checks = [
    { name: 'says "hi" & <bye>', ok: true, milliseconds: 1234 },
    { name: 'fails', ok: false, milliseconds: 0, message: 'a\u001b[31mred\u001b[0m\u0000 <b>\r\n\tc\u0085' },
  ];
  const report = { artifact: 'x&y.iso', firmware: 'bios', checks } as Parameters<typeof junit>[0];
  expect(junit(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="x&amp;y.iso" tests="2" failures="1">
  <testcase classname="bios" name="says &quot;hi&quot; &amp; &lt;bye&gt;" time="1.234"></testcase>
  <testcase classname="bios" name="fails" time="0.000"><failure>a[31mred[0m &lt;b&gt;
\tc</failure></testcase>
</testsuite>
`);
});
