import { azureFiles } from '../../formats/cloud/azure.ts';
import { type CloudPlatform, serial } from './platform.ts';

export const azure: CloudPlatform = {
  datasource: 'Azure',
  features: ['cloud-init', 'ssh', 'hyperv-daemons'],
  drivers: ['hv_vmbus', 'hv_storvsc', 'hv_netvsc'],
  commandLine: [serial, 'rootdelay=300'],
  files: azureFiles,
};
