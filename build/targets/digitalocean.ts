import { defineCloudTarget } from './platforms/disk-target.ts';

export default defineCloudTarget({
  name: 'digitalocean',
  summary: 'DigitalOcean custom image',
  format: 'raw',
  compression: 'gzip',
  controllers: ['virtio'],
  kernelCommandLine: ['console=ttyS0,115200n8'],
  // Its page on custom images names ext3 and ext4 as the file systems, gzip and bzip2 as the compressions it
  // takes.
  rootFileSystem: 'ext4',
});
