/** What a machine is made of, as far as a kernel cares. It names no serial number and no address. */
export interface HardwareProfile {
  schema: 1;
  /** As `uname -m` says it. */
  arch: string;
  /** Modules in use, sorted. */
  modules: string[];
  /** Each kind of device on the bus once. */
  pci: { vendor: string; device: string; class: string; driver?: string }[];
  processor: { [fact: string]: string };
  /** Flags of the processor. */
  flags: string[];
  firmware: { [fact: string]: string };
}

/** The profile that a machine's own words make. */
export function profileOf(texts: {
  arch: string;
  modules: string;
  cpuinfo: string;
  pci: HardwareProfile['pci'];
  firmware: HardwareProfile['firmware'];
}): HardwareProfile {
  const { arch, modules, cpuinfo, pci, firmware } = texts;
  const read = { modules: parseModules(modules), pci: uniqueDevices(pci), ...parseProcessor(cpuinfo) };
  return { schema: 1, arch, ...read, firmware };
}

/** Names in /proc/modules. */
export function parseModules(text: string): string[] {
  const rows = text.split('\n').filter(Boolean);
  return rows.map((row) => row.split(' ', 1)[0]!).sort();
}

const told = ['vendor_id', 'cpu family', 'model', 'model name', 'stepping'];

/** The first processor of /proc/cpuinfo, and how many there are. */
export function parseProcessor(text: string): Pick<HardwareProfile, 'processor' | 'flags'> {
  const [first = '', ...others] = text.trim().split('\n\n');
  const facts = new Map(
    first.split('\n').map((row) => {
      const [name, value = ''] = row.split(':', 2);
      return [name!.trim(), value.trim()];
    }),
  );
  const named = told.flatMap((name) => (facts.has(name) ? [[name, facts.get(name)!]] : []));
  const flags = (facts.get('flags') ?? '').split(' ').filter(Boolean).sort();
  return { processor: { ...Object.fromEntries(named), count: String(others.length + 1) }, flags };
}

/** Devices without those that are there several times, sorted. */
export function uniqueDevices(devices: HardwareProfile['pci']): HardwareProfile['pci'] {
  const byKey = new Map(devices.map((device) => [JSON.stringify(device), device]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, device]) => device);
}

/** The same list as lsmod prints it, for the kernel's own `localmodconfig`. */
export function asLsmod(modules: string[]): string {
  return ['Module Size Used by', ...modules.map((name) => `${name} 0 0`), ''].join('\n');
}
