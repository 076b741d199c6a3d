import { defineCloudTarget } from '../model/disk-target.ts';

export default defineCloudTarget({
  name: 'digitalocean',
  summary: 'DigitalOcean custom image',
  platform: 'digitalocean',
  datasource: 'DigitalOcean',
  format: 'raw',
  compression: 'xz',
  extension: 'digitalocean.raw.xz',
  controllers: ['virtio'],
  kernelCommandLine: ['console=ttyS0,115200n8'],
});
