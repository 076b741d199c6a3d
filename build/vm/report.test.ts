import { expect, it } from 'vitest';
import { renderReport, type SmokeReport } from './report.ts';

const report: SmokeReport = {
  artifact: 'x.iso',
  sha256: 'a'.repeat(64),
  target: 'iso',
  platform: 'metal',
  format: 'iso',
  firmware: 'uefi',
  controller: 'cdrom',
  start: 1,
  folder: '/out/x.iso-1-uefi-cdrom',
  accelerator: 'tcg',
  acceleratorReason: 'there is no /dev/kvm',
  cpu: 'AMD <EPYC>',
  memoryMiB: 2048,
  bootSeconds: 61.234,
  failedAttempts: ['it wrote nothing for 300 s\n--- console\nBdsDxe: starting'],
  ok: true,
  checks: [{ name: 'answers', ok: true, milliseconds: 1500 }],
  figures: { 'tokens per second': 12.34567, backends: { cpu: 'haswell' } },
  identity: { machineId: '0'.repeat(32), hostKeys: '', hostname: 'nanite', userDataRuns: '' },
  native: [],
};

it('shows verdict, where and how it ran, figures and checks', () => {
  const page = renderReport(report);
  expect(page).toContain('<h1>x.iso: passed</h1>');
  const rows = [...page.matchAll(/<tr><th>(.*?)<\/th><td>(.*?)<\/td><\/tr>/g)].map(([, name, value]) => [
    name,
    value,
  ]);
  expect(rows).toEqual([
    ['platform', 'metal'],
    ['start', '1'],
    ['firmware', 'uefi'],
    ['controller', 'cdrom'],
    ['accelerator', 'tcg (there is no /dev/kvm)'],
    ['CPU', 'AMD &lt;EPYC&gt;'],
    ['guest memory', '2048 MiB'],
    ['power-on to SSH', '61.2 s'],
    ['repeated attempt', 'it wrote nothing for 300 s'],
    ['tokens per second', '12.346'],
    ['backends', '{&quot;cpu&quot;:&quot;haswell&quot;}'],
  ]);
  expect(page).toContain('<tr class="ok"><td>ok</td><td>answers</td><td>1.5 s</td>');
});

it('marks a failed check, with its message as plain text', () => {
  const message = 'expected <b>1</b> & got "2"';
  const page = renderReport({
    ...report,
    ok: false,
    checks: [{ name: 'a<b', ok: false, milliseconds: 0, message }],
  });
  expect(page).toContain('<h1>x.iso: FAILED</h1>');
  expect(page).toContain('<tr class="failed"><td>FAILED</td><td>a&lt;b</td>');
  expect(page).toContain('<pre>expected &lt;b&gt;1&lt;/b&gt; &amp; got &quot;2&quot;</pre>');
});

it('loads nothing but the picture beside it', () => {
  expect([...renderReport(report).matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => to)).toEqual([
    'screen.png',
  ]);
});
