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

/** How each platform's metadata is served to a machine in QEMU. OpenStack has two ways, and NoCloud two who make them. */
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

/** The clouds that an image for a platform is tested in, the most thorough one first; none for a hypervisor's. */
export function cloudsOf(platform: Platform): CloudName[] {
  if (platform === 'metal' || platform === 'vm') return [];
  if (platform === 'openstack') return ['openstack', 'openstack-config-drive'];
  return platform === 'nocloud' ? ['nocloud', 'nocloud-localds'] : [platform];
}
