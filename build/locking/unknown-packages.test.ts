import { expect, it } from 'vitest';
import { askersOf, unknownPackages } from './unknown-packages.ts';

const askedBy = askersOf([
  { name: 'zram', packages: ['zram-tolls'] },
  { name: 'admin', packages: ['tmuxx', 'zram-tolls'] },
]);
const known = ['tmux', 'zram-tools', 'vim'];

it('says who asks for each package that nobody has, and which was meant', () => {
  expect(
    unknownPackages(['tmuxx', 'zram-tolls', 'qwertyuiop'], { base: 'forky', askedBy, known }),
  ).toMatchObject({
    code: 'PACKAGE_UNKNOWN',
    message:
      'forky has no package tmuxx (asked for by feature admin), zram-tolls (asked for by feature zram, admin), ' +
      'qwertyuiop (asked for by packages-lists/tools.yaml)',
    hint: 'did you mean tmux for tmuxx, zram-tools for zram-tolls? Correct the name where it is asked for',
  });
});

it('names five of many', () => {
  const many = Array.from({ length: 9 }, (_, i) => `qqqq${i}`);
  const { message, hint } = unknownPackages(many, { base: 'forky', askedBy, known });
  expect(message).toMatch(/qqqq4 \(asked for by packages-lists\/tools\.yaml\) and 4 more$/);
  expect(hint).toBe('correct the name where it is asked for, or choose another base');
});
