import { defineVmTarget } from './platforms/disk-target.ts';

export default defineVmTarget({
  name: 'qcow2',
  summary: 'disk for QEMU, libvirt and Proxmox',
  format: 'qcow2',
  controllers: ['virtio', 'virtio-scsi'],
});
