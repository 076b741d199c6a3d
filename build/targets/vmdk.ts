import { defineVmTarget } from '../model/disk-target.ts';

export default defineVmTarget({
  name: 'vmdk',
  summary: 'disk for VMware, stream-optimised',
  format: 'vmdk',
  compression: 'deflate',
  extension: 'vmdk',
  controllers: ['ahci', 'pvscsi'],
});
