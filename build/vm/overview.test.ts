import { expect, it } from 'vitest';
import { overviewRows } from './overview.ts';
import { renderOverview } from './overview-page.ts';
import type { SmokeReport } from './report.ts';

const identity = { machineId: 'a'.repeat(32), hostKeys: 'k', hostname: 'n', userDataRuns: '' };
const report: SmokeReport = {
  artifact: 'x.qcow2',
  sha256: 'a'.repeat(64),
  target: 'qcow2',
  platform: 'vm',
  format: 'qcow2',
  firmware: 'uefi',
  controller: 'virtio',
  start: 1,
  folder: '/out/1',
  accelerator: 'tcg',
  acceleratorReason: 'there is no /dev/kvm',
  cpu: 'AMD EPYC',
  memoryMiB: 2048,
  bootSeconds: 61.234,
  failedAttempts: [],
  ok: true,
  checks: [
    { name: 'answers', ok: true, milliseconds: 1 },
    { name: 'power cut 1 of seed 1', ok: true, milliseconds: 1 },
  ],
  figures: { 'generation tokens/s': { mean: 14.04 } },
  identity,
  native: [],
};
const again: SmokeReport = {
  ...report,
  start: 2,
  firmware: 'bios',
  checks: [],
  figures: {},
  folder: '/out/2',
};
const other: SmokeReport = { ...report, artifact: 'x.aws.raw', target: 'aws', platform: 'aws' };

it('has one row per artifact, in the order of the targets, whatever order they were started in', () => {
  const rows = overviewRows([report, again, other]);
  expect(rows).toEqual(overviewRows([other, report, again]));
  expect(rows.map(({ target }) => target)).toEqual(['aws', 'qcow2']);
  expect(rows[1]).toMatchObject({
    sha256: 'a'.repeat(64),
    firmware: ['uefi', 'bios'],
    controllers: ['virtio'],
    checks: { ok: 1, failed: 0 },
    powerCuts: { ok: 1, failed: 0 },
    sameIdentity: true,
    measured: { bootSeconds: [61, 61], tokensPerSecond: 14.04, accelerator: 'tcg' },
  });
});

it('sees an identity that did not outlive a restart', () => {
  const changed = { ...again, identity: { ...identity, machineId: 'b'.repeat(32) } };
  expect(overviewRows([report, changed])[0]!.sameIdentity).toBe(false);
});

it('shows pictures and failures, and loads nothing from elsewhere', () => {
  const failing = {
    ...again,
    ok: false,
    checks: [{ name: 'a<b', ok: false, milliseconds: 1, message: '"no"' }],
  };
  const page = renderOverview([report, failing], { '/out/1': 'AAAA' }, ['gce: BOOT_FAILED: <no> SSH']);
  expect(page).toContain('<h1>1 artifacts, 2 starts: 2 FAILED</h1>');
  expect(page).toContain('x.qcow2, start 2: a&lt;b</h2>');
  expect(page).toContain('<pre>&quot;no&quot;</pre>');
  expect(page).toContain('gce: BOOT_FAILED: &lt;no&gt; SSH');
  expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => to)).toEqual([
    'data:image/png;base64,AAAA',
  ]);
});
