import { expect, it } from 'vitest';
import { askersOf, unknownPackagesError } from './unknown-packages.ts';

const askedBy = askersOf([
  { name: 'zram', packages: ['zram-tolls'] },
  { name: 'admin', packages: ['tmuxx', 'zram-tolls'] },
]);
const known = ['tmuxp', 'tmux', 'zram-tools', 'vim', 'x'];

it('says who asks for each package that nobody has, and which was meant', () => {
  expect(
    unknownPackagesError(['tmuxx', 'zram-tolls', 'qwertyuiop'], { base: 'forky', askedBy, known }),
  ).toMatchObject({
    code: 'PACKAGE_UNKNOWN',
    message:
      'forky has no package tmuxx (asked for by feature admin), zram-tolls (asked for by feature zram, admin), ' +
      'qwertyuiop (asked for by packages-lists/tools.yaml)',
    hint: 'did you mean tmux for tmuxx, zram-tools for zram-tolls? Correct the name where it is asked for',
  });
});

it('finds the names that were meant among seventy thousand', () => {
  const archive = Array.from({ length: 70_000 }, (_, i) => `lib${(i * 7919).toString(36)}-perl`);
  const asked = ['libfoo-prel', 'libbar-perl1', 'tmuxx', 'xy', 'zram-tolls'];
  const { hint } = unknownPackagesError(asked, { base: 'forky', askedBy, known: [...archive, ...known] });
  expect(hint).toMatch(/tmux for tmuxx, zram-tools for zram-tolls/);
  expect(hint).not.toContain('for xy');
});

it('names five of many', () => {
  const many = Array.from({ length: 9 }, (_, i) => `qqqq${i}`);
  const { message, hint } = unknownPackagesError(many, { base: 'forky', askedBy, known });
  expect(message).toMatch(/qqqq4 \(asked for by packages-lists\/tools\.yaml\) and 4 more$/);
  expect(hint).toBe('correct the name where it is asked for, or choose another base');
});
