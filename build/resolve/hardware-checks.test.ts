import { expect, it } from 'vitest';
import { hardwareProblems } from './hardware-checks.ts';

const machine = { memoryMiB: 4096, cpus: 2, diskMiB: 16384 };

it('has nothing to say of a recipe that names no hardware, or the same twice', () => {
  expect(hardwareProblems({})).toEqual([]);
  expect(hardwareProblems({ hardware: { minimum: machine, recommended: machine } })).toEqual([]);
});

it('refuses to recommend less than the minimum', () => {
  const hardware = { minimum: machine, recommended: { ...machine, memoryMiB: 2048 } };
  expect(hardwareProblems({ hardware })).toEqual([
    'hardware.recommended.memoryMiB is 2048, less than hardware.minimum.memoryMiB, 4096',
  ]);
});
