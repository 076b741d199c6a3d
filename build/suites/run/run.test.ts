import { expect, it } from 'vitest';
import { recipeNames } from '../../project/inputs.ts';
import { renderPage, renderTable } from './report.ts';
import { judgeResults, type Outcome } from './run-suite.ts';
import { chooseSuites, findSuites, lanesOf, type Suite } from './suites.ts';
import { parseShard, shardOf } from './times.ts';

const suite = (name: string): Suite => ({ name, file: `build/suites/${name}.night.ts`, project: 'suites' });
const results = (...statuses: string[]) => ({
  testResults: [
    {
      assertionResults: statuses.map((status, index) => ({
        fullName: `test ${index}`,
        status,
        failureMessages: status === 'failed' ? ['expected <1> to be 2\n at file'] : [],
      })),
    },
  ],
});
const outcome = (name: string, statuses: string[], status = 0): Outcome => ({
  suite: suite(name),
  seconds: 61,
  repeatedBoots: 0,
  ...judgeResults(results(...statuses), status),
});

it('finds the suites of each tier, and every one of them belongs to one', () => {
  const names = findSuites('night').map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['check', 'convert', 'targets', 'samples', 'fresh', 'network']),
  );
  expect(findSuites('quick').map(({ project, name }) => `${project}/${name}`)).toEqual([
    'suites/boot',
    'suites/disk',
    'suites/sandbox',
    'faults/kill',
  ]);
});

it('has a suite for each recipe; the default one is what all others are about', async () => {
  const suites = findSuites('night').map(({ name }) => name);
  const recipes = (await recipeNames()).filter((name) => name !== 'nanite-server');
  expect(suites).toEqual(expect.arrayContaining(recipes));
  expect(recipes.length).toBeGreaterThan(3);
});

it('chooses suites by name, path or folder, and refuses what there is not', () => {
  const all = findSuites('night');
  const names = (...chosen: string[]) => chooseSuites(all, chosen).map(({ name }) => name);
  expect(names()).toHaveLength(all.length);
  expect(names('sign', 'build/suites/check.night.ts')).toEqual(['check', 'sign']);
  expect(names('disk')).toEqual(['disk']);
  expect(chooseSuites(all, ['faults']).every(({ project }) => project === 'faults')).toBe(true);
  expect(() => names('chekc')).toThrow(
    expect.objectContaining({ code: 'USAGE', hint: 'did you mean check?' }),
  );
});

it('puts quick suites that boot into one lane and the others into another, each once', () => {
  const lanes = lanesOf(findSuites('quick')).map((lane) => lane.map(({ name }) => name));
  expect(lanes).toEqual([
    ['boot', 'disk'],
    ['sandbox', 'kill'],
  ]);
  expect(lanesOf([suite('sandbox')])).toHaveLength(1);
});

it('splits suites so that each is run once and the parts take about as long', () => {
  const suites = ['a', 'b', 'c', 'd', 'e', 'new'].map(suite);
  const seconds = [600, 300, 290, 20, 10];
  const times = Object.fromEntries(
    seconds.map((each, index) => [suites[index]!.file, { seconds: each, tests: 1, cores: 2 }]),
  );
  const parts = [1, 2].map((index) => shardOf(suites, times, { index, count: 2 }).map(({ name }) => name));
  expect(parts.flat().sort()).toEqual(suites.map(({ name }) => name).sort());
  expect(parts).toEqual([['a', 'e', 'd'].sort(), ['b', 'c', 'new']]);
  expect(() => parseShard('5/4')).toThrow(/--shard 5\/4/);
  expect(parseShard('2/4')).toEqual({ index: 2, count: 4 });
});

it('counts a suite as good only when a test ran and nothing failed', () => {
  expect(outcome('good', ['passed', 'passed'])).toMatchObject({ ok: true, passed: 2, failed: 0 });
  expect(outcome('bad', ['passed', 'failed'], 1)).toMatchObject({ ok: false, passed: 1, failed: 1 });
  expect(outcome('skipped', ['skipped'])).toMatchObject({
    ok: false,
    skipped: 1,
    failures: [{ test: 'the file', message: 'no test ran' }],
  });
  // A hook or a process that failed after the tests.
  expect(outcome('after', ['passed'], 1)).toMatchObject({
    ok: false,
    failures: [{ message: 'vitest ended with 1' }],
  });
  expect(judgeResults(undefined, null)).toMatchObject({ ok: false, failures: [{ message: 'no test ran' }] });
});

it('tells of all suites in one table and on one page', () => {
  const outcomes = [outcome('good', ['passed', 'skipped']), outcome('bad', ['failed'], 1)];
  expect(renderTable(outcomes)).toBe(`\
suite              passed  failed  skipped  repeated boots        time
suites/good             1       0        1               0  1 min 01 s
suites/bad FAILED       0       1        0               0  1 min 01 s

FAILED build/suites/bad.night.ts: test 0: expected <1> to be 2
2 suites in 2 min 02 s: 1 FAILED
1 passed, 1 failed, 1 skipped`);
  const page = renderPage(outcomes);
  expect(page).toContain('<tr class="failed"><td>suites/bad FAILED</td>');
  expect(page).toContain('expected &lt;1&gt; to be 2');
});
