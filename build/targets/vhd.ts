import { defineVmTarget } from './platforms/disk-target.ts';

export default defineVmTarget({
  name: 'vhd',
  summary: 'disk for Hyper-V generation 1, dynamic',
  format: 'vhd',
  controllers: ['ahci'],
});
