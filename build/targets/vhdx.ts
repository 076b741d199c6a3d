import { defineVmTarget } from './platforms/disk-target.ts';

export default defineVmTarget({
  name: 'vhdx',
  summary: 'disk for Hyper-V',
  format: 'vhdx',
  controllers: ['ahci', 'nvme'],
});
