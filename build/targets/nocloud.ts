import { defineCloudTarget } from './platforms/disk-target.ts';

export default defineCloudTarget({
  name: 'nocloud',
  summary: 'any hypervisor, with a NoCloud seed',
  format: 'qcow2',
  controllers: ['virtio', 'virtio-scsi'],
  kernelCommandLine: ['console=ttyS0,115200n8'],
});
