import { expect, it } from 'vitest';
import { entry, facts } from './fixture.ts';
import { renderHtml } from './html.ts';
import { diffImages } from './images.ts';
import { renderText } from './text.ts';

const many = Array.from({ length: 12 }, (_, index) => entry(`srv/file${String(index).padStart(2, '0')}`));
const b = facts(
  {
    file: 'b<i>.qcow2',
    sha256: '9'.repeat(64),
    size: 2048,
    packages: new Map([
      ['libc6:amd64', '2.43-1'],
      ['vim:amd64', '9.1'],
    ]),
    bootEntries: [{ name: 'boot:grub.cfg', words: ['console=ttyS0', 'debug'] }],
    models: new Map([['smoke', '4'.repeat(64)]]),
  },
  [entry('etc/hostname', { mode: 0o600 }), ...many, entry('usr/\u001b[2Jx', { content: 'elf' })],
);
const tokens = { a: 10, b: 9 };
const conditions = { start: 2, firmware: 'bios', controller: 'nvme', platform: 'aws', accelerator: 'tcg' };
const diff = diffImages(facts(), b, [{ ...conditions, boot: { a: 50, b: 60 }, tokens }]);
const verdicts = [
  { expression: 'size=+5%', ok: false, found: '2048 bytes instead of 1000 (+104.8%)' },
  { expression: 'models=1', ok: true, found: '1 changed' },
];

it('tells the first of each kind, and all when asked', () => {
  const short = renderText(diff, verdicts, { full: false });
  expect(short).toContain(`b  ${'9'.repeat(64)}  b<i>.qcow2
the images differ in 3 packages, 1 command lines, 1 models, 16 files
size 2.0 KiB (2048 bytes), 1.0 KiB more than 1000 B (1000 bytes)

measured (2)
  ~ boot, start 2 by bios on nvme (aws) under tcg: 50.0 s -> 60.0 s
  ~ tokens/s, start 2 by bios on nvme (aws) under tcg: 10.00 -> 9.00

packages (3)
  ~ libc6:amd64 2.42-2 -> 2.43-1
  + vim:amd64 9.1
  - zstd:amd64 1.5.7-1

kernel command lines (1)
  ~ boot:grub.cfg without quiet, with debug

models (1)
  ~ smoke ${'2'.repeat(16)} -> ${'4'.repeat(16)}
`);
  expect(short).toContain('  ~ etc/hostname (mode) 0644 0:0 5 bytes aaaaaaaaaaaaaaaa -> 0600 0:0 5 bytes');
  expect(short).toContain('  + srv/file08 0644');
  expect(short).not.toContain('srv/file09');
  expect(short).toContain('  … and 3 more, see --full');
  expect(short).toMatch(/EXCEEDED size=\+5%: 2048 .*\nok {7}models=1: 1 changed$/);
  const full = renderText(diff, verdicts, { full: true });
  expect(full).toContain('  + srv/file11 0644');
  expect(full).not.toContain('--full');
});

it('shows no control characters', () => {
  expect(renderText(diff, [], { full: true })).toContain('usr/\\x1b[2Jx');
});

it('says when images are identical, or hold the same', () => {
  const text = (other: object) => renderText(diffImages(facts(), facts(other), []), [], { full: false });
  expect(text({}).split('\n').at(-1)).toBe('the images are identical');
  expect(text({ sha256: '5' })).toContain('hold the same; only their bytes differ');
});

it('makes a page that holds everything and needs nothing', () => {
  const page = renderHtml(diff, verdicts);
  expect(page).toContain('b&lt;i&gt;.qcow2');
  expect(page).toContain('+ srv/file11 0644');
  expect(page).toContain('<tr class="failed"><td>EXCEEDED</td><td>size=+5%</td>');
  expect(page).not.toMatch(/<i>|src=|href=|<script/);
});
