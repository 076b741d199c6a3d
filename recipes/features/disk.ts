import { defineFeature } from '../../build/model/define.ts';
import type { Allowed } from '../../build/model/hygiene.ts';

/** What Python makes, which xfsprogs and cloud-init bring. */
export const python: Allowed = {
  '^etc/python3(/debian_config)?$': 'made by python3',
  '^var/lib/python(/python3\\.\\d+_installed)?$': 'made by python3',
  '^etc/(networks|inputrc)$': 'made by netbase and readline-common',
};

export default defineFeature({
  name: 'disk',
  summary: 'boots from a disk: systemd-boot and GRUB, boot counting, a growing root, dracut',
  requirements: ['BLD-02', 'BOOT-01'],
  everyStart: true,
  options: {
    // Whatever a hypervisor or a cloud attaches the disk to; the initramfs must be able to mount the root
    // from there.
    drivers: {
      description: 'kernel modules that the initramfs must have',
      type: 'array',
      default: [
        ...['ahci', 'ata_piix', 'nvme', 'sd_mod', 'usb_storage', 'uas'],
        ...['virtio_blk', 'virtio_pci', 'virtio_scsi'],
        ...['hv_storvsc', 'hv_vmbus', 'mptsas', 'mptspi', 'vmw_pvscsi', 'xen_blkfront'],
        ...['ena', 'hv_netvsc', 'virtio_net'],
        ...['ext4', 'vfat', 'xfs'],
      ],
      items: { type: 'string', format: 'module-name' },
    },
  },
  hygiene: {
    cronJobs: { 'etc/cron.d/e2scrub_all': "e2fsprogs' own; leaves the work to its timer under systemd" },
    generated: python,
  },
  effect: ({ drivers }) => ({
    values: { drivers: (drivers as string[]).join(' ') },
    // A start counts as good when no unit failed; the loader then stops counting.
    enable: ['systemd-boot-check-no-failures.service'],
    conflicts: ['live'],
  }),
});
