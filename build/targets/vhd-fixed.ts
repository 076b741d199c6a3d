import { defineVmTarget } from '../model/disk-target.ts';

export default defineVmTarget({
  name: 'vhd-fixed',
  summary: 'disk for Hyper-V generation 1, fixed',
  format: 'vhd-fixed',
  compression: 'none',
  extension: 'fixed.vhd',
  controllers: ['ahci'],
});
