import type { Target } from './target.ts';

/** What one form of a virtual machine's disk says for itself; the rest is the same for all. */
type VmForm = Pick<Target, 'name' | 'summary' | 'format' | 'compression' | 'extension' | 'controllers'>;

/**
 * A disk for a hypervisor. All of them have every hypervisor's agent, each of which starts only where its hypervisor
 * is: so they share one root and one raw disk, and a disk converted later still finds its agent.
 */
export function defineVmTarget(form: VmForm): Target {
  return {
    ...form,
    platform: 'vm',
    firmware: ['uefi', 'bios'],
    backend: 'repart',
    // The last console named gets systemd's messages. The kernel shows warnings and worse; the rest is in the journal.
    kernelCommandLine: ['console=ttyS0,115200', 'console=tty0', 'loglevel=5'],
    features: ['disk', 'qemu-guest-agent', 'open-vm-tools', 'hyperv-daemons'].map(plain),
    omits: [],
  };
}

type CloudForm = Omit<Target, 'firmware' | 'backend' | 'features' | 'omits'> & {
  /** What cloud-init calls the source of this cloud's metadata. */
  datasource: string;
};

/**
 * A disk for a cloud. Users and keys come from its metadata and from nowhere else, so nobody is logged in on the
 * serial console, which others may be able to open.
 */
export function defineCloudTarget({ datasource, ...form }: CloudForm): Target {
  return {
    ...form,
    firmware: ['uefi', 'bios'],
    backend: 'repart',
    // Clouds show the serial console, so it is the one that gets systemd's messages.
    kernelCommandLine: ['console=tty0', ...form.kernelCommandLine, 'loglevel=5'],
    features: [
      ...['disk', 'qemu-guest-agent', 'hyperv-daemons'].map(plain),
      { name: 'cloud-init', options: { datasource } },
    ],
    omits: ['console'],
  };
}

function plain(name: string) {
  return { name, options: {} };
}
