import type { CloudFacts, CloudFiles } from '../../formats/cloud/facts.ts';
import type { Cloud, Platform } from '../../model/target.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { digitalocean } from './digitalocean.ts';
import { gce } from './gce.ts';
import { hetzner } from './hetzner.ts';
import { nocloud } from './nocloud.ts';
import { openstack } from './openstack.ts';
import type { CloudPlatform } from './platform.ts';

export const clouds: { [cloud in Cloud]: CloudPlatform } = {
  aws,
  azure,
  gce,
  openstack,
  nocloud,
  digitalocean,
  hetzner,
};

/** What is known of a platform; a machine of one's own and a hypervisor insist on nothing. */
export function findCloud(platform: Platform): CloudPlatform | undefined {
  return Object.hasOwn(clouds, platform) ? clouds[platform as Cloud] : undefined;
}

/** What goes beside an artifact for a platform: nothing where it is no cloud. */
export function cloudFiles(platform: Platform, facts: CloudFacts): CloudFiles {
  return findCloud(platform)?.files(facts) ?? {};
}
