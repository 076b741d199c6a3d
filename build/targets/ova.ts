import { defineVmTarget } from './platforms/disk-target.ts';

export default defineVmTarget({
  name: 'ova',
  summary: 'virtual machine to import into VMware or VirtualBox',
  format: 'ova',
  controllers: ['ahci'],
});
