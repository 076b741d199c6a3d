import { defineCloudTarget } from './platforms/disk-target.ts';

export default defineCloudTarget({
  name: 'aws',
  summary: 'Amazon EC2: raw disk for snapshot import',
  format: 'raw',
  controllers: ['nvme'],
  kernelCommandLine: ['console=ttyS0,115200n8', 'nvme_core.io_timeout=4294967295'],
});
