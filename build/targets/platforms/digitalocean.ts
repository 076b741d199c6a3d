import { digitaloceanFiles } from '../../formats/cloud/digitalocean.ts';
import type { CloudPlatform } from './platform.ts';

export const digitalocean: CloudPlatform = {
  datasource: 'DigitalOcean',
  features: ['cloud-init', 'ssh'],
  drivers: ['virtio_blk', 'virtio_scsi', 'virtio_net'],
  commandLine: [],
  // Less than 100 GB unpacked, says its page on limits.
  maxMiB: Math.floor(100e9 / 2 ** 20),
  files: digitaloceanFiles,
};
