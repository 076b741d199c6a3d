import { defineVmTarget } from './platforms/disk-target.ts';

export default defineVmTarget({
  name: 'vdi',
  summary: 'disk for VirtualBox',
  format: 'vdi',
  controllers: ['ahci'],
});
