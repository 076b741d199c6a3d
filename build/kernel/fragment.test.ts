import { expect, it } from 'vitest';
import { hasPurpose, parseFragment } from './fragment.ts';
import { compareVersions, isFor, overlap, parseRange } from './version.ts';

const parse = (text: string) => parseFragment(text, { name: 'sample', file: 'kernel/sample.config' });

it('reads lines of every form with their reasons', () => {
  const text = `# Purpose: a sample

# Files of the model
# are on it.
CONFIG_XFS_FS=y
# Nobody reads it.
# CONFIG_NUMA is not set
# The name.
CONFIG_LOCALVERSION="-in\\"got"
# New names. [from 6.13 before 7.0]
CONFIG_PREEMPT_LAZY=y

# A remark that belongs to no line.

# Enough for a boot.
CONFIG_LOG_BUF_SHIFT=18
`;
  const { purpose, lines } = parse(text);
  expect(purpose).toBe('a sample');
  expect(lines.map(({ symbol, value, reason, range, at }) => [symbol, value, reason, range, at])).toEqual([
    ['XFS_FS', 'y', 'Files of the model are on it.', {}, 'kernel/sample.config:5'],
    ['NUMA', 'n', 'Nobody reads it.', {}, 'kernel/sample.config:7'],
    ['LOCALVERSION', '-in"got', 'The name.', {}, 'kernel/sample.config:9'],
    ['PREEMPT_LAZY', 'y', 'New names.', { from: '6.13', before: '7.0' }, 'kernel/sample.config:11'],
    ['LOG_BUF_SHIFT', '18', 'Enough for a boot.', {}, 'kernel/sample.config:16'],
  ]);
});

it.each([
  ['CONFIG_XFS_FS=y', 'kernel/sample.config:1: CONFIG_XFS_FS has no reason'],
  ['# Why.\n\nCONFIG_XFS_FS=y', 'kernel/sample.config:3: CONFIG_XFS_FS has no reason'],
  ['# Why.\nCONFIG_A=y\nCONFIG_B=y', 'kernel/sample.config:3: CONFIG_B has no reason'],
  ['# Why.\nCONFIG_A=yes', 'kernel/sample.config:2: CONFIG_A has the value yes, which is none'],
  ['# Why.\nCONFIG_A=', 'kernel/sample.config:2: CONFIG_A has the value , which is none'],
  ['# Why.\nXFS_FS=y', 'kernel/sample.config:2: "XFS_FS=y" is no line of a .config'],
  ['# Why.\n#CONFIG_A is not set', 'kernel/sample.config:2: "#CONFIG_A is not set" is no line of a .config'],
  ['# CONFIG_A=y', 'kernel/sample.config:1: "# CONFIG_A=y" is no line of a .config'],
  [
    '# Why.\nCONFIG_A=y\n# Why.\n# CONFIG_A is not set',
    'kernel/sample.config:4: CONFIG_A is there already, at kernel/sample.config:2',
  ],
  [
    '# Why. [sinse 6.13]\nCONFIG_A=y',
    'kernel/sample.config:2: [sinse 6.13] is no condition on the version: write [from 6.13], [before 7.0] or both',
  ],
])('refuses %j', (text, message) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', message }));
});

it('tells of every problem at once', () => {
  expect(() => parse('CONFIG_A=y\nB\n')).toThrow(/:1: CONFIG_A has no reason; .*:2: "B" is no line/);
});

it('takes a symbol twice for kernels that are apart', () => {
  const twice = (first: string, second: string) =>
    parse(`# Why. [${first}]\nCONFIG_A=y\n# Why. [${second}]\nCONFIG_A=m\n`).lines.length;
  expect(twice('before 7.0', 'from 7.0')).toBe(2);
  expect(() => twice('before 7.1', 'from 7.0')).toThrow('CONFIG_A is there already');
});

it('knows a fragment of a purpose from one of a feature', () => {
  expect(hasPurpose('# Purpose: a sample\n# Why.\nCONFIG_A=y\n')).toBe(true);
  expect(hasPurpose('# Why.\nCONFIG_A=y\n# Purpose: too late\n')).toBe(false);
});

it('compares versions by number', () => {
  expect(compareVersions('6.9', '6.12')).toBeLessThan(0);
  expect(isFor({ from: '6.13' }, '6.12')).toBe(false);
  expect(isFor({ from: '6.9', before: '7.0' }, '6.12')).toBe(true);
  expect(isFor({ before: '7.0' }, '7.0')).toBe(false);
  expect(overlap({ from: '6.1' }, { before: '6.1' })).toBe(false);
  expect(overlap({}, { before: '6.1' })).toBe(true);
  expect([parseRange('from 7.0 before 6.1'), parseRange(''), parseRange('before 6')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
