import { nocloudFiles } from '../../formats/cloud/nocloud.ts';
import { type CloudPlatform, serial } from './platform.ts';

export const nocloud: CloudPlatform = {
  datasource: 'NoCloud',
  features: ['cloud-init', 'ssh'],
  drivers: ['virtio_blk', 'virtio_net'],
  commandLine: [serial],
  files: nocloudFiles,
};
