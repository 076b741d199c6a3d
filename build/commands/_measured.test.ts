import { expect, it } from 'vitest';
import type { SmokeReport } from '../vm/report.ts';
import { pairReports } from './_measured.ts';
import { parseReport } from './_read-reports.ts';

const report = (facts: Partial<SmokeReport>) =>
  ({
    sha256: 'a',
    firmware: 'bios',
    accelerator: 'tcg',
    bootSeconds: 50,
    figures: { 'generation tokens/s': { mean: 8.5 } },
    ...facts,
  }) as SmokeReport;

it('pairs reports of one firmware and accelerator', () => {
  const a = [report({}), report({ firmware: 'uefi', figures: {} })];
  const b = [report({ firmware: 'uefi', bootSeconds: 70 }), report({ bootSeconds: 60 })];
  expect(pairReports(a, b)).toEqual([
    { firmware: 'bios', accelerator: 'tcg', boot: { a: 50, b: 60 }, tokens: { a: 8.5, b: 8.5 } },
    { firmware: 'uefi', accelerator: 'tcg', boot: { a: 50, b: 70 } },
  ]);
});

it('compares nothing across accelerators or without a counterpart', () => {
  expect(pairReports([report({})], [report({ accelerator: 'kvm' })])).toEqual([]);
  expect(pairReports([report({})], [])).toEqual([]);
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
  ];
  expect(others.map(parseReport)).toEqual(others.map(() => undefined));
});
