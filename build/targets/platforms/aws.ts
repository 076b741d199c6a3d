import { awsFiles } from '../../formats/cloud/aws.ts';
import { type CloudPlatform, serial } from './platform.ts';

export const aws: CloudPlatform = {
  datasource: 'Ec2',
  features: ['cloud-init', 'ssh'],
  drivers: ['ena', 'nvme'],
  commandLine: [serial],
  files: awsFiles,
};
