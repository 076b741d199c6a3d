import { defineVmTarget } from '../model/disk-target.ts';

export default defineVmTarget({
  name: 'qcow2',
  summary: 'disk for QEMU, libvirt and Proxmox',
  format: 'qcow2',
  compression: 'zstd',
  extension: 'qcow2',
  controllers: ['virtio', 'virtio-scsi'],
});
