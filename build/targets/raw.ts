import { defineVmTarget } from './platforms/disk-target.ts';

export default defineVmTarget({
  name: 'raw',
  summary: 'plain disk, to write to a drive or to import anywhere',
  format: 'raw',
  controllers: ['virtio', 'nvme'],
});
