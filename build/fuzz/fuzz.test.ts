import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../formats/text/random.ts';
import { repository } from '../host/fs/files.ts';
import { inputOf } from './runner.ts';
import { fuzz, type Parsers, startParsers } from './supervise.ts';
import { targets } from './targets.ts';

// Enough to find a parser that throws; the nightly suite has more, and another seed each time.
const count = 1000;
const seed = '20260101';

describe('every parser of foreign bytes answers or refuses by name, at once and in little memory', () => {
  const parsers = parsersOf('targets.ts');
  it.each(targets.map(({ name }) => name))('%s', { timeout: 60_000 }, async (target) => {
    const report = await fuzz(parsers, { target, seed, count });
    expect(report).toMatchObject({ tried: count, findings: [] });
    // Neither a parser that refuses all nor inputs that are all well-formed would show anything.
    const { refuses } = targets.find(({ name }) => name === target)!;
    expect(report.accepted).toBeGreaterThan(count / 50);
    if (refuses) expect(report.refused[refuses.code]).toBeGreaterThan(count / 10);
  });
});

describe('a planted defect is found', { timeout: 60_000 }, () => {
  const parsers = parsersOf('planted.ts');
  const run = (target: string) => fuzz(parsers, { target, seed, count: 400 });
  it('and a sound parser is left alone', async () => {
    expect(await run('sound')).toMatchObject({ tried: 400, accepted: 400, findings: [] });
  });

  it.each([
    ['an exception', 'thrown', /^TypeError: Cannot read properties of undefined/],
    ['a message that does not name the thing', 'nameless', /^message does not name the thing: "wrong"/],
    ['another code', 'other code', /^refused with INTERNAL/],
    ['a wrong answer', 'credulous', /^wrongly accepted: an 8$/],
  ])('%s', async (_what, target, reason) => {
    const [finding] = (await run(target)).findings;
    expect(finding).toMatchObject({ kind: 'defect', reason: expect.stringMatching(reason) });
  });

  it.each([
    ['a parser that never returns', 'endless', 'hang', /^no answer within 1000 ms$/, (n: number) => n < 12],
    ['a parser that takes 1.3 s', 'slow', 'hang', /^took \d{4} ms$|^no answer/, (n: number) => n === 12],
    [
      'a parser that takes 300 MiB',
      'large',
      'memory',
      /^resident size grew to 3\d\d MiB$/,
      (n: number) => n < 12,
    ],
    [
      'a parser that takes all memory',
      'larger than the heap',
      'memory',
      /out of memory/,
      (n: number) => n < 12,
    ],
  ])('%s, by the number of the very input', async (_what, target, kind, reason, faulty) => {
    const planted = (await import('./planted.ts')).targets.find(({ name }) => name === target)!;
    const lengths = Array.from({ length: 400 }, (_, i) => inputOf(planted, seed, i).length);
    const report = await fuzz(parsers, { target, seed, count: lengths.findIndex(faulty) + 20 });
    expect(report.findings.map(({ index }) => index)).toEqual(
      lengths.flatMap((length, index) => (index < report.tried && faulty(length) ? [index] : [])),
    );
    expect(report.findings[0]).toMatchObject({ kind, reason: expect.stringMatching(reason) });
  });

  it('with the input made smaller, and again from its number alone', async () => {
    const { findings } = await run('thrown');
    const { index, input } = findings[0]!;
    expect(Buffer.from(input!, 'base64').toString()).toBe('ad');
    const again = await fuzz(parsers, { target: 'thrown', seed, from: index, count: 1 });
    expect(again.findings).toEqual([findings[0]]);
  });
});

it('makes the same input of the same seed, target and number, and another of any other', () => {
  const [one, other] = [targets[0]!, targets[1]!];
  expect(inputOf(one, seed, 7)).toEqual(inputOf(one, seed, 7));
  expect(inputOf(one, seed, 7)).not.toEqual(inputOf(one, seed, 8));
  expect(inputOf(other, seed, 7)).not.toEqual(inputOf(other, '1', 7));
});

it('chooses evenly', () => {
  const random = randomFrom('x');
  const counts = Array(10).fill(0);
  for (let i = 0; i < 10_000; i++) counts[random.below(10)] += 1;
  for (const times of counts) expect(Math.abs(times - 1000)).toBeLessThan(150);
});

function parsersOf(module: string): Parsers {
  const parsers = startParsers(join(repository, 'build/fuzz', module));
  afterAll(() => parsers.stop());
  return parsers;
}
