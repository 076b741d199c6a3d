import { readdir, readlink } from 'node:fs/promises';
import { machine } from 'node:os';
import { basename, join } from 'node:path';
import { exists, readText } from '../fs/files.ts';

/** Texts in which Linux says what a machine is made of. */
export interface HardwareTexts {
  /** As `uname -m` says it. */
  arch: string;
  modules: string;
  cpuinfo: string;
  pci: { vendor: string; device: string; class: string; driver?: string }[];
  /** Facts of the firmware by their names in /sys; no serial numbers. */
  firmware: { [name: string]: string };
}

const told = ['sys_vendor', 'product_name', 'board_vendor', 'board_name', 'bios_vendor', 'bios_version'];

/** Reads /proc and /sys of a machine, below `root`. */
export async function readHardware(root = '/'): Promise<HardwareTexts> {
  const read = async (path: string) => {
    const text = await readText(join(root, path)).catch(() => '');
    return text.trim();
  };
  const bus = join(root, 'sys/bus/pci/devices');
  const devices = (await exists(bus)) ? await readdir(bus) : [];
  const pci = devices.sort().map(async (name) => {
    const [vendor, device, kind] = await Promise.all(
      ['vendor', 'device', 'class'].map((fact) => read(`sys/bus/pci/devices/${name}/${fact}`)),
    );
    const driver = await readlink(join(bus, name, 'driver')).catch(() => undefined);
    const found = { vendor: vendor!, device: device!, class: kind! };
    return driver ? { ...found, driver: basename(driver) } : found;
  });
  const dmi = told.map(async (name) => [name, await read(`sys/class/dmi/id/${name}`)] as const);
  const firmware = (await Promise.all(dmi)).filter(([, value]) => value);
  const interfaceKind = (await exists(join(root, 'sys/firmware/efi'))) ? 'uefi' : 'bios';
  return {
    arch: machine(),
    modules: await read('proc/modules'),
    cpuinfo: await read('proc/cpuinfo'),
    pci: await Promise.all(pci),
    firmware: { ...Object.fromEntries(firmware), interface: interfaceKind },
  };
}
