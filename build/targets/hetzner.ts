import { defineCloudTarget } from './platforms/disk-target.ts';

export default defineCloudTarget({
  name: 'hetzner',
  summary: 'Hetzner Cloud',
  format: 'raw',
  compression: 'xz',
  controllers: ['virtio-scsi'],
  kernelCommandLine: ['console=ttyS0,115200n8'],
});
