import { defineCloudTarget } from './platforms/disk-target.ts';

export default defineCloudTarget({
  name: 'azure',
  summary: 'Microsoft Azure: fixed VHD',
  format: 'vhd-fixed',
  controllers: ['nvme', 'ahci'],
  kernelCommandLine: ['console=ttyS0,115200n8', 'earlyprintk=ttyS0,115200', 'rootdelay=300'],
});
