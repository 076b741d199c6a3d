import { awsFiles } from './aws.ts';
import { azureFiles } from './azure.ts';
import { digitaloceanFiles } from './digitalocean.ts';
import type { CloudFacts, CloudFiles } from './facts.ts';
import { gceFiles } from './gce.ts';
import { hetznerFiles } from './hetzner.ts';
import { nocloudFiles } from './nocloud.ts';
import { openstackFiles } from './openstack.ts';

const renderers = {
  aws: awsFiles,
  azure: azureFiles,
  gce: gceFiles,
  openstack: openstackFiles,
  nocloud: nocloudFiles,
  digitalocean: digitaloceanFiles,
  hetzner: hetznerFiles,
} as const satisfies { [platform: string]: (facts: CloudFacts) => CloudFiles };

export type Cloud = keyof typeof renderers;

export const clouds = Object.keys(renderers) as Cloud[];

/** What goes beside a cloud's artifact: a template of a machine and the script that uploads; nothing elsewhere. */
export function cloudFiles(platform: string, facts: CloudFacts): CloudFiles {
  return Object.hasOwn(renderers, platform) ? renderers[platform as Cloud](facts) : {};
}
