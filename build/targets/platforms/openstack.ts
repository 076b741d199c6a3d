import { openstackFiles } from '../../formats/cloud/openstack.ts';
import { type CloudPlatform, serial } from './platform.ts';

export const openstack: CloudPlatform = {
  datasource: 'OpenStack',
  features: ['cloud-init', 'ssh', 'qemu-guest-agent'],
  drivers: ['virtio_blk', 'virtio_net'],
  commandLine: [serial],
  files: openstackFiles,
};
