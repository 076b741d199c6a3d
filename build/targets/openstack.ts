import { defineCloudTarget } from '../model/disk-target.ts';

export default defineCloudTarget({
  name: 'openstack',
  summary: 'OpenStack: qcow2 for Glance',
  platform: 'openstack',
  datasource: 'OpenStack',
  format: 'qcow2',
  compression: 'zstd',
  extension: 'openstack.qcow2',
  controllers: ['virtio'],
  kernelCommandLine: ['console=ttyS0,115200n8'],
});
