import { canonicalJson, sha256 } from '../text/canonical-json.ts';
import { renderYaml } from '../text/yaml.ts';
import type { IsoContent } from './iso9660.ts';

export interface Seed {
  hostname: string;
  /** Lines as in authorized_keys, for the image's own user. */
  publicKeys: string[];
  /** What cloud-init is to do besides: `#cloud-config`, a script. */
  userData?: string | Buffer;
  /** Addresses and routes in place of DHCP's, in version 1 or 2 of cloud-init's network config. */
  networkConfig?: string | Buffer;
  /** Default: made from the rest, so that another seed is another instance and the same one is the same. */
  instanceId?: string;
}

/**
 * What cloud-init's NoCloud source looks for: a volume of this name with these files, of which the last need
 * not be.
 */
export function nocloudSeed({ instanceId, ...seed }: Seed): IsoContent {
  const { hostname, publicKeys, userData = '#cloud-config\n', networkConfig } = seed;
  const metadata = {
    'instance-id': instanceId ?? `iid-${sha256(canonicalJson(seed)).slice(0, 16)}`,
    'local-hostname': hostname,
    'public-keys': publicKeys,
  };
  const files: IsoContent['files'] = { 'meta-data': renderYaml(metadata), 'user-data': userData };
  if (networkConfig !== undefined) files['network-config'] = networkConfig;
  return { label: 'CIDATA', files };
}
