import { defineVmTarget } from '../model/disk-target.ts';

export default defineVmTarget({
  name: 'vhdx',
  summary: 'disk for Hyper-V',
  format: 'vhdx',
  compression: 'none',
  extension: 'vhdx',
  controllers: ['ahci', 'nvme'],
});
