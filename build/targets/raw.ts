import { defineVmTarget } from '../model/disk-target.ts';

export default defineVmTarget({
  name: 'raw',
  summary: 'plain disk, to write to a drive or to import anywhere',
  format: 'raw',
  compression: 'none',
  extension: 'raw',
  controllers: ['virtio', 'nvme'],
});
