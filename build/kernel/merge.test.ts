import { expect, it } from 'vitest';
import { fragment, symbol, symbolsOf } from './fixture.ts';
import { parseFragment } from './fragment.ts';
import { compose, mergeConfig, refuseChoices } from './merge.ts';

it('composes fragments in any order, each symbol once', () => {
  const [a, b] = [fragment('a', 'XFS_FS=y', 'EXT4_FS=m'), fragment('b', 'XFS_FS=y')];
  const names = (lines: { symbol: string }[]) => lines.map((line) => line.symbol);
  expect(names(compose([a, b], '7.2'))).toEqual(['EXT4_FS', 'XFS_FS']);
  expect(names(compose([b, a], '7.2'))).toEqual(['EXT4_FS', 'XFS_FS']);
});

it('refuses fragments that disagree, with both names', () => {
  const two = [fragment('laptop', 'NUMA=n'), fragment('cloud', 'NUMA=y')];
  expect(() => compose(two, '7.2')).toThrow(
    expect.objectContaining({
      code: 'FRAGMENT_UNMET',
      message:
        'laptop and cloud disagree about CONFIG_NUMA: CONFIG_NUMA=n (kernel/laptop.config:2), CONFIG_NUMA=y (kernel/cloud.config:2)',
    }),
  );
});

it('leaves out lines of other kernels, also where they would disagree', () => {
  const lazy = parseFragment('# Why. [from 6.13]\nCONFIG_PREEMPT_LAZY=y\n', { name: 'a', file: 'a' });
  const off = parseFragment('# Why. [before 6.13]\n# CONFIG_PREEMPT_LAZY is not set\n', {
    name: 'b',
    file: 'b',
  });
  expect(compose([lazy, off], '7.2').map(({ value }) => value)).toEqual(['y']);
  expect(compose([lazy, off], '6.12').map(({ value }) => value)).toEqual(['n']);
});

it('refuses two members of one choice, with both names', () => {
  const choice = { at: 'kernel/Kconfig.hz:5', title: 'Timer frequency' };
  const symbols = symbolsOf(symbol('HZ_250', { choice }), symbol('HZ_300', { choice }), symbol('NUMA'));
  const lines = (...fragments: Parameters<typeof fragment>[]) =>
    compose(
      fragments.map((given) => fragment(...given)),
      '7.2',
    );
  expect(() => refuseChoices(lines(['a', 'HZ_250=y', 'NUMA=y'], ['b', 'HZ_300=y']), symbols)).toThrow(
    'a and b ask for two members of the choice "Timer frequency": CONFIG_HZ_250=y (kernel/a.config:2), CONFIG_HZ_300=y (kernel/b.config:2)',
  );
  refuseChoices(lines(['a', 'HZ_250=n'], ['b', 'HZ_300=y']), symbols);
});

it('puts lines in place of the base ones, at the end', () => {
  const base = '# Linux\nCONFIG_A=y\n# CONFIG_B is not set\nCONFIG_AB=m\n';
  expect(mergeConfig(base, ['# CONFIG_A is not set', 'CONFIG_B="x y"'])).toBe(
    '# Linux\nCONFIG_AB=m\n# CONFIG_A is not set\nCONFIG_B="x y"\n',
  );
});
