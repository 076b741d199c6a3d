import { defineVmTarget } from '../model/disk-target.ts';

export default defineVmTarget({
  name: 'vhd',
  summary: 'disk for Hyper-V generation 1, dynamic',
  format: 'vhd',
  compression: 'none',
  extension: 'vhd',
  controllers: ['ahci'],
});
