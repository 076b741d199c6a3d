import { hetznerFiles } from '../../formats/cloud/hetzner.ts';
import type { CloudPlatform } from './platform.ts';

export const hetzner: CloudPlatform = {
  datasource: 'Hetzner',
  features: ['cloud-init', 'ssh'],
  drivers: ['virtio_scsi', 'virtio_net'],
  commandLine: [],
  files: hetznerFiles,
};
