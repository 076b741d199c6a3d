import { expect, it } from 'vitest';
import { lockedPackage, validLock } from '../schema/fixture.ts';
import { movedBetween } from './lock.ts';

it('names what a new lock moved, with both versions and sizes', () => {
  const zstd = lockedPackage('zstd');
  const before = {
    ...validLock(),
    packages: [zstd, lockedPackage('apt')],
    tools: [zstd, lockedPackage('mtools')],
  };
  const newer = { ...zstd, version: '1.1-1', size: 1500 };
  const after = {
    ...before,
    packages: [newer, lockedPackage('vim')],
    tools: [newer, lockedPackage('mtools')],
  };
  expect(movedBetween(before, after)).toEqual([
    { name: 'apt', from: '1.0-1', to: undefined, sizes: [1000, 0] },
    { name: 'vim', from: undefined, to: '1.0-1', sizes: [0, 1000] },
    { name: 'zstd', from: '1.0-1', to: '1.1-1', sizes: [1000, 1500] },
  ]);
});
