import type { Platform } from '../../model/target.ts';
import { startAws } from './aws.ts';
import { startAzure } from './azure.ts';
import type { StartCloud } from './cloud.ts';
import { startDigitalOcean } from './digitalocean.ts';
import { startGce } from './gce.ts';
import { startHetzner } from './hetzner.ts';
import { startNoCloud } from './nocloud.ts';
import { startLocalds } from './nocloud-localds.ts';
import { startConfigDrive, startOpenstack } from './openstack.ts';

/**
 * How each platform's metadata is served to a machine in QEMU, by the platform's name. OpenStack has a second
 * way, and NoCloud a second program that makes its drive: their names begin with the platform's.
 */
export const startCloud = {
  aws: startAws,
  azure: startAzure,
  gce: startGce,
  openstack: startOpenstack,
  'openstack-config-drive': startConfigDrive,
  nocloud: startNoCloud,
  'nocloud-localds': startLocalds,
  digitalocean: startDigitalOcean,
  hetzner: startHetzner,
} satisfies { [name: string]: StartCloud };

export type CloudName = keyof typeof startCloud;

/**
 * The clouds that an image for a platform is tested in, the most thorough one first; none for a hypervisor's.
 */
export function cloudsOf(platform: Platform): CloudName[] {
  const names = Object.keys(startCloud) as CloudName[];
  return names.filter((name) => name === platform || name.startsWith(`${platform}-`));
}
