import { defineVmTarget } from '../model/disk-target.ts';

export default defineVmTarget({
  name: 'vdi',
  summary: 'disk for VirtualBox',
  format: 'vdi',
  compression: 'none',
  extension: 'vdi',
  controllers: ['ahci'],
});
