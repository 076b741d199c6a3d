import { expect, it } from 'vitest';
import { defaultDiskGiB, imageName, machineType, minDiskGiB } from './facts.ts';
import { cloudFacts } from './fixture.ts';

const facts = cloudFacts('aws');

it.each([
  ['Nanite_Server', '2026.01', 'nanite-server-2026-01'],
  ['n'.repeat(70), '1', 'n'.repeat(63)],
  [`${'n'.repeat(62)}`, '1', 'n'.repeat(62)],
])('%s of %s is called %s', (name, version, expected) => {
  expect(imageName({ ...facts, name, version })).toBe(expected);
});

it('counts disks in whole GiB, upwards', () => {
  const of = (virtualSize: number) => minDiskGiB({ ...facts, virtualSize });
  expect([of(1024 ** 3), of(1024 ** 3 + 1)]).toEqual([1, 2]);
  expect(defaultDiskGiB({ ...facts, virtualSize: 1024 ** 3 })).toBe(9);
});

it('takes the first type with enough memory, else the largest', () => {
  const of = (memoryMiB: number) =>
    machineType({ ...facts, memoryMiB }, [
      [2, 'small'],
      [4, 'large'],
    ]);
  expect([of(512), of(2048), of(2049), of(9000)]).toEqual(['small', 'small', 'large', 'large']);
});
