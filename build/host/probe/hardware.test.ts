import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readHardware } from './hardware.ts';

const root = mkdtempSync(join(tmpdir(), 'ingot-hardware-'));
afterAll(() => rmSync(root, { recursive: true }));
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

it('reads what Linux says of a machine, and no serial number', async () => {
  const device = 'sys/bus/pci/devices/0000:00:02.0';
  write('proc/modules', 'nvme 1 2\n');
  write('proc/cpuinfo', 'processor : 0\n');
  write('sys/class/dmi/id/sys_vendor', 'QEMU\n');
  write('sys/class/dmi/id/product_serial', '123\n');
  write(`${device}/vendor`, '0x8086\n');
  write(`${device}/device`, '0x1234\n');
  write(`${device}/class`, '0x030000\n');
  symlinkSync('../drivers/i915', join(root, device, 'driver'));
  expect(await readHardware(root)).toMatchObject({
    modules: 'nvme 1 2',
    cpuinfo: 'processor : 0',
    pci: [{ vendor: '0x8086', device: '0x1234', class: '0x030000', driver: 'i915' }],
    firmware: { sys_vendor: 'QEMU', interface: 'bios' },
  });
  expect(JSON.stringify(await readHardware(root))).not.toContain('123"');
});

it('a machine without buses and firmware has none', async () => {
  expect(await readHardware(join(root, 'nowhere'))).toMatchObject({ pci: [], modules: '' });
});
