import { expect, it } from 'vitest';
import type { SmokeReport } from '../vm/report.ts';
import { describeConditions, pairReports } from './measured.ts';
import { parseReport } from './read-reports.ts';

const conditions = {
  start: 1,
  firmware: 'bios',
  controller: 'usb',
  platform: 'metal',
  accelerator: 'tcg',
};
const report = (facts: Partial<SmokeReport>) =>
  ({
    sha256: 'a',
    ...conditions,
    bootSeconds: 50,
    figures: { 'generation tokens/s': { mean: 8.5 } },
    ...facts,
  }) as SmokeReport;

it('pairs reports of one firmware', () => {
  const a = [report({}), report({ firmware: 'uefi', figures: {} })];
  const b = [report({ firmware: 'uefi', bootSeconds: 70 }), report({ bootSeconds: 60 })];
  expect(pairReports(a, b)).toEqual([
    { ...conditions, boot: { a: 50, b: 60 }, tokens: { a: 8.5, b: 8.5 } },
    { ...conditions, firmware: 'uefi', boot: { a: 50, b: 70 } },
  ]);
});

it('pairs each start of a disk with the same one of the other, in whatever order they are', () => {
  const starts = (first: number, second: number) => [
    report({ start: 1, bootSeconds: first, figures: {} }),
    report({ start: 2, bootSeconds: second, figures: {} }),
  ];
  expect(pairReports(starts(50, 20), starts(60, 21).reverse())).toEqual([
    { ...conditions, start: 1, boot: { a: 50, b: 60 } },
    { ...conditions, start: 2, boot: { a: 20, b: 21 } },
  ]);
});

it.each<Partial<SmokeReport>>([
  { start: 2 },
  { firmware: 'uefi' },
  { controller: 'nvme' },
  { platform: 'aws' },
  { accelerator: 'kvm' },
])('compares nothing with a report of %j, or with none', (other) => {
  expect(pairReports([report({})], [report(other)])).toEqual([]);
  expect(pairReports([report({})], [])).toEqual([]);
});

it('says under what conditions', () => {
  expect(describeConditions(report({ start: 2 }))).toBe('start 2 by bios on usb (metal) under tcg');
});

it('reads a report, and passes over what is none', () => {
  expect(parseReport(JSON.stringify(report({})))?.bootSeconds).toBe(50);
  const others = [
    '',
    'null',
    '[]',
    '{"sha256":"a"}',
    '{',
    JSON.stringify({ ...report({}), sha256: undefined }),
    JSON.stringify({ ...report({}), controller: undefined }),
    JSON.stringify({ ...report({}), start: '1' }),
  ];
  expect(others.map(parseReport)).toEqual(others.map(() => undefined));
});
