import { gceFiles } from '../../formats/cloud/gce.ts';
import type { CloudPlatform } from './platform.ts';

export const gce: CloudPlatform = {
  datasource: 'GCE',
  features: ['cloud-init', 'ssh'],
  drivers: ['virtio_scsi', 'nvme', 'virtio_net'],
  commandLine: ['console=ttyS0,38400n8d'],
  files: gceFiles,
};
