import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'disk',
  summary: 'runs from a disk: systemd-boot and GRUB, boot counting, a root that grows with the disk, dracut',
  requirements: ['BLD-02', 'BOOT-01'],
  everyStart: true,
  options: {
    // Whatever a hypervisor or a cloud attaches the disk to; the initramfs must be able to mount the root from there.
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
      items: { type: 'string', pattern: '^[a-z0-9_]+$' },
    },
  },
  effect: ({ drivers }) => ({
    values: { drivers: (drivers as string[]).join(' ') },
    // A start counts as good when no unit failed; the loader then stops counting.
    enable: ['systemd-boot-check-no-failures.service'],
    conflicts: ['live'],
  }),
});
