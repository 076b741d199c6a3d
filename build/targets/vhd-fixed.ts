import { defineVmTarget } from './platforms/disk-target.ts';

export default defineVmTarget({
  name: 'vhd-fixed',
  summary: 'disk for Hyper-V generation 1, fixed',
  format: 'vhd-fixed',
  extension: 'fixed.vhd',
  controllers: ['ahci'],
});
