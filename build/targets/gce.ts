import { defineCloudTarget } from './platforms/disk-target.ts';

export default defineCloudTarget({
  name: 'gce',
  summary: 'Google Compute Engine: disk.raw in a tar',
  format: 'gce-tar',
  controllers: ['virtio-scsi', 'nvme'],
  kernelCommandLine: ['console=ttyS0,38400n8d'],
});
