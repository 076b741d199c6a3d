import { azureFiles } from '../../formats/cloud/azure.ts';
import { type CloudPlatform, serial } from './platform.ts';

/** What adminUsername of a virtual machine may not be, as its reference lists it. */
const reservedUsers = `
  administrator admin user user1 test user2 test1 user3 admin1 1 123 a actuser adm admin2 aspnet backup console david
  guest john owner root server sql support support_388945a0 sys test2 test3 user4 user5
`;

export const azure: CloudPlatform = {
  datasource: 'Azure',
  features: ['cloud-init', 'ssh', 'hyperv-daemons'],
  drivers: ['hv_vmbus', 'hv_storvsc', 'hv_netvsc'],
  commandLine: [serial, 'rootdelay=300'],
  reservedUsers: reservedUsers.trim().split(/\s+/),
  files: azureFiles,
};
