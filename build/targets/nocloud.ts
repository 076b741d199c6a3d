import { defineCloudTarget } from '../model/disk-target.ts';

export default defineCloudTarget({
  name: 'nocloud',
  summary: 'any hypervisor, with a NoCloud seed',
  platform: 'nocloud',
  datasource: 'NoCloud',
  format: 'qcow2',
  compression: 'zstd',
  extension: 'nocloud.qcow2',
  controllers: ['virtio', 'virtio-scsi'],
  kernelCommandLine: ['console=ttyS0,115200n8'],
});
