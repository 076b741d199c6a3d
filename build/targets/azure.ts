import { defineCloudTarget } from '../model/disk-target.ts';

export default defineCloudTarget({
  name: 'azure',
  summary: 'Microsoft Azure: fixed VHD',
  platform: 'azure',
  datasource: 'Azure',
  format: 'vhd-fixed',
  compression: 'none',
  extension: 'azure.vhd',
  controllers: ['nvme', 'ahci'],
  kernelCommandLine: ['console=ttyS0,115200n8', 'earlyprintk=ttyS0,115200', 'rootdelay=300'],
});
