import { defineCloudTarget } from '../model/disk-target.ts';

export default defineCloudTarget({
  name: 'hetzner',
  summary: 'Hetzner Cloud',
  platform: 'hetzner',
  datasource: 'Hetzner',
  format: 'raw',
  compression: 'xz',
  extension: 'hetzner.raw.xz',
  controllers: ['virtio-scsi'],
  kernelCommandLine: ['console=ttyS0,115200n8'],
});
