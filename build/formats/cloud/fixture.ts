import type { Cloud } from '../../model/target.ts';
import type { CloudFacts } from './facts.ts';

const extensions: { [cloud in Cloud]: string } = {
  aws: 'aws.raw',
  azure: 'azure.vhd',
  gce: 'gce.tar.gz',
  openstack: 'openstack.qcow2',
  nocloud: 'nocloud.qcow2',
  digitalocean: 'digitalocean.raw.gz',
  hetzner: 'hetzner.raw.xz',
};

/** Facts of an artifact for a cloud; its disk is a little over 3 GiB. */
export function cloudFacts(cloud: Cloud): CloudFacts {
  return {
    name: 'nanite-server',
    version: '20260102',
    arch: 'x86_64',
    file: `nanite-server-20260102-x86_64.${extensions[cloud]}`,
    size: 3 * 1024 ** 3 + 1024 ** 2 + 512,
    virtualSize: 3 * 1024 ** 3 + 1024 ** 2,
    memoryMiB: 6000,
    firmware: ['bios', 'uefi'],
    user: 'debian',
    port: 9931,
  };
}
