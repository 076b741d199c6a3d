import { expect, it } from 'vitest';
import { asLsmod, profileOf } from './profile.ts';

const cpuinfo = [
  'processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel name\t: A: B\nflags\t\t: fpu avx2\n',
  'processor\t: 1\nvendor_id\t: GenuineIntel\n',
].join('\n');

it('says what a machine is made of, each thing once', () => {
  const card = { vendor: '0x1af4', device: '0x1041', class: '0x020000', driver: 'virtio-pci' };
  const profile = profileOf({
    arch: 'x86_64',
    modules: 'nvme 49152 2 - Live 0x0\next4 1 1 - Live 0x0\n',
    cpuinfo,
    pci: [card, { ...card, device: '0x0001' }, { ...card }],
    firmware: { sys_vendor: 'QEMU' },
  });
  expect(profile).toMatchObject({
    schema: 1,
    modules: ['ext4', 'nvme'],
    processor: { vendor_id: 'GenuineIntel', 'cpu family': '6', count: '2' },
    flags: ['avx2', 'fpu'],
  });
  expect(profile.pci.map(({ device }) => device)).toEqual(['0x0001', '0x1041']);
  expect(asLsmod(profile.modules)).toBe('Module Size Used by\next4 0 0\nnvme 0 0\n');
});

it('takes the words of another architecture, which has no flags', () => {
  const texts = { arch: 'aarch64', modules: '', cpuinfo: 'processor\t: 0\n', pci: [], firmware: {} };
  expect(profileOf(texts)).toMatchObject({ flags: [], processor: { count: '1' }, modules: [] });
});
