import { expect, it } from 'vitest';
import { throughputFloor } from './throughput.ts';

const mebibyte = 2 ** 20;

it.each([
  ['the recipe asks, for the smoke model', 39 * mebibyte, 0.8],
  ['the recipe asks, for a large model', 40_000 * mebibyte, 0.8],
  ['nearly that, for a small model', 15 * mebibyte, 0.75],
  ['half of it, for one whose tokens take as long to begin as to calculate', mebibyte, 0.4],
  ['a twentieth of it, for a toy', mebibyte / 19, 0.04],
])('asks for what %s', (_what, bytes, floor) => {
  expect(throughputFloor(0.8, bytes)).toBeCloseTo(floor, 6);
});

it('never asks less of a larger model', () => {
  const floors = [1, 1e4, 1e6, 1e7, 33e6, 34e6, 1e9].map((bytes) => throughputFloor(0.8, bytes));
  expect([...floors].sort((a, b) => a - b)).toEqual(floors);
});
