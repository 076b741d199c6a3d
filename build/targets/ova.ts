import { defineVmTarget } from '../model/disk-target.ts';

export default defineVmTarget({
  name: 'ova',
  summary: 'virtual machine to import into VMware or VirtualBox',
  format: 'ova',
  compression: 'deflate',
  extension: 'ova',
  controllers: ['ahci'],
});
