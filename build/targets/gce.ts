import { defineCloudTarget } from '../model/disk-target.ts';

export default defineCloudTarget({
  name: 'gce',
  summary: 'Google Compute Engine: disk.raw in a tar',
  platform: 'gce',
  datasource: 'GCE',
  format: 'gce-tar',
  compression: 'gzip',
  extension: 'gce.tar.gz',
  controllers: ['virtio-scsi', 'nvme'],
  kernelCommandLine: ['console=ttyS0,38400n8d'],
});
