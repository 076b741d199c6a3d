import { defineVmTarget } from './platforms/disk-target.ts';

export default defineVmTarget({
  name: 'vmdk',
  summary: 'disk for VMware, stream-optimised',
  format: 'vmdk',
  controllers: ['ahci', 'pvscsi'],
});
