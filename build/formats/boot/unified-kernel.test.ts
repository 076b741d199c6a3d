import { expect, it } from 'vitest';
import { parseUnifiedKernel } from './unified-kernel.ts';
import { peFile, peHeader, sectionAt } from './unified-kernel-fixture.ts';

const line = 'root=PARTLABEL=root rw console=ttyS0,115200';
const whole = () =>
  peFile([
    ['.text', 'code'],
    ['.osrel', 'ID=debian\n'],
    ['.cmdline', line],
    ['.linux', 'x'.repeat(2000)],
  ]);
const parse = (bytes: Buffer) => parseUnifiedKernel(bytes, 'EFI/Linux/a.efi');

it('finds the command line among the sections, without what pads it', () => {
  expect(parse(whole())).toEqual([line]);
  expect(parse(peFile([['.cmdline', `${line}\0rest`]]))).toEqual([line]);
});

it('finds that of every profile, and none where there is none', () => {
  const profiles = peFile([
    ['.cmdline', 'a'],
    ['.profile', 'ID=rescue'],
    ['.cmdline', 'a rescue'],
  ]);
  expect(parse(profiles)).toEqual(['a', 'a rescue']);
  expect(parse(peFile([['.linux', 'x']]))).toEqual([]);
  expect(
    parse(peFile([['.cmdlines', 'x'.repeat(9)]]).fill('.cmdlin\0', sectionAt(0), sectionAt(0) + 8)),
  ).toEqual([]);
});

it('takes no more than is in the file where memory holds more', () => {
  const bytes = whole();
  bytes.writeUInt32LE(4096, sectionAt(2) + 8);
  expect(parse(bytes)).toEqual([line]);
});

it.each<[what: string, says: string, change: (bytes: Buffer) => unknown]>([
  ['another file', 'no MZ at byte 0', (bytes) => bytes.write('ELF')],
  ['a header elsewhere', 'no PE header at byte 129', (bytes) => bytes.writeUInt32LE(129, 60)],
  [
    'a header beyond the file',
    'no PE header at byte 4294967295',
    (bytes) => bytes.writeUInt32LE(2 ** 32 - 1, 60),
  ],
  ['too many sections', 'it has 257 sections', (bytes) => bytes.writeUInt16LE(257, peHeader + 6)],
  [
    'a table beyond the file',
    'the table of its 200 sections ends at byte 8392, the file at 4608',
    (bytes) => bytes.writeUInt16LE(200, peHeader + 6),
  ],
  [
    'a table further on',
    'the table of its 4 sections ends at byte 65847, the file at 4608',
    (bytes) => bytes.writeUInt16LE(65535, peHeader + 20),
  ],
  [
    'a section beyond the file',
    'section 3 ends at byte 4294967338, the file at 4608',
    (bytes) => bytes.writeUInt32LE(2 ** 32 - 1, sectionAt(2) + 20),
  ],
  [
    'a kernel longer than the file',
    'section 4 ends at byte 4609, the file at 4608',
    (bytes) => {
      bytes.writeUInt32LE(2049, sectionAt(3) + 8);
      bytes.writeUInt32LE(2049, sectionAt(3) + 16);
    },
  ],
])('refuses %s', (_what, says, change) => {
  const bytes = whole();
  change(bytes);
  expect(() => parse(bytes)).toThrow(`unified kernel image EFI/Linux/a.efi: ${says}`);
});

it('refuses a command line that is none', () => {
  expect(() => parse(peFile([['.cmdline', 'x'.repeat(65537)]]))).toThrow('its command line has 65537 bytes');
});

it('refuses what is cut short, wherever', () => {
  const bytes = whole();
  for (let length = 0; length < bytes.length - 48; length += 7)
    expect(() => parse(bytes.subarray(0, length))).toThrow('unified kernel image EFI/Linux/a.efi: ');
});
