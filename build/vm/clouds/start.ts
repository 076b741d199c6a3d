import { startAws } from './aws.ts';
import { startAzure } from './azure.ts';
import type { StartCloud } from './cloud.ts';
import { startDigitalOcean } from './digitalocean.ts';
import { startGce } from './gce.ts';
import { startHetzner } from './hetzner.ts';
import { startNoCloud } from './nocloud.ts';
import { startConfigDrive, startOpenstack } from './openstack.ts';

/** How each platform's metadata is served to a machine in QEMU; OpenStack has two ways, and an image must take both. */
export const startCloud = {
  aws: startAws,
  azure: startAzure,
  gce: startGce,
  openstack: startOpenstack,
  'openstack-config-drive': startConfigDrive,
  nocloud: startNoCloud,
  digitalocean: startDigitalOcean,
  hetzner: startHetzner,
} satisfies { [name: string]: StartCloud };
