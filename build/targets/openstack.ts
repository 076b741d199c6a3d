import { defineCloudTarget } from './platforms/disk-target.ts';

export default defineCloudTarget({
  name: 'openstack',
  summary: 'OpenStack: qcow2 for Glance',
  format: 'qcow2',
  controllers: ['virtio'],
  kernelCommandLine: ['console=ttyS0,115200n8'],
});
