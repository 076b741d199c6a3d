import { extensionOf, formatRows } from '../../formats/disk/formats.ts';
import type { Cloud, Target } from '../../model/target.ts';
import { clouds } from './find.ts';

/** What one form of a disk says for itself; the rest is the same for all, or follows from its format. */
type DiskForm = Pick<Target, 'name' | 'summary' | 'format' | 'controllers'> &
  Partial<Pick<Target, 'compression' | 'extension'>>;

/**
 * A disk for a hypervisor. All of them have every hypervisor's agent, each of which starts only where its
 * hypervisor is: so they share one root and one raw disk, and a disk converted later still finds its agent.
 */
export function defineVmTarget(form: DiskForm): Target {
  return {
    compression: formatRows[form.format].compression,
    extension: extensionOf(form.format, form.compression),
    ...form,
    platform: 'vm',
    firmware: ['uefi', 'bios'],
    medium: 'disk',
    // The last console named gets systemd's messages. The kernel shows warnings and worse; the rest is in the
    // journal.
    kernelCommandLine: ['console=ttyS0,115200', 'console=tty0', 'loglevel=5'],
    features: ['disk', 'encryption', 'qemu-guest-agent', 'open-vm-tools', 'hyperv-daemons'].map(plain),
    omits: [],
  };
}

/** A cloud's target is called as its platform. */
type CloudForm = DiskForm & { name: Cloud } & Pick<Target, 'kernelCommandLine' | 'rootFileSystem'>;

/**
 * A disk for a cloud. Users and keys come from its metadata and from nowhere else, so nobody is logged in on
 * the serial console, which others may be able to open.
 */
export function defineCloudTarget(form: CloudForm): Target {
  const { datasource } = clouds[form.name];
  return {
    compression: formatRows[form.format].compression,
    extension: `${form.name}.${extensionOf(form.format, form.compression)}`,
    ...form,
    platform: form.name,
    firmware: ['uefi', 'bios'],
    medium: 'disk',
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
