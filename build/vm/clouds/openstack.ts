import type { IsoContent } from '../../formats/disk/iso9660.ts';
import { metadata as ec2Metadata } from './aws.ts';
import { type Cloud, guestMac, type Instance } from './cloud.ts';
import { smbios } from './dmi.ts';
import { attachSeed } from './drive.ts';
import { cloudNetwork, metadataAddress } from './network.ts';
import { type Answer, type Asked, startServices, text } from './service.ts';
import { listing, lookUp, type Tree } from './tree.ts';

/** Of a network within another one, as OpenStack's are. */
const mtu = 1450;
const versions = ['2012-08-10', '2015-10-15', '2018-08-27', 'latest'];

/** OpenStack with its metadata service, which also answers the way EC2's first version did. */
export async function startOpenstack(instance: Instance): Promise<Cloud> {
  const instanceId = idOf(instance);
  const ec2 = ec2Metadata(instance, instanceId);
  const tree: Tree = {
    openstack: byVersion(instance, instanceId),
    latest: { 'meta-data': ec2['meta-data']!, 'user-data': ec2['user-data']! },
  };
  const services = await startServices({ [metadataAddress]: (asked) => answer(asked, tree) });
  return {
    instanceId,
    qemu: nova(instanceId),
    network: cloudNetwork(services.ports),
    mtu,
    requests: services.requests,
    stop: services.stop,
  };
}

/** OpenStack with a config drive, which is all that a guest then asks. */
export async function startConfigDrive(instance: Instance): Promise<Cloud> {
  const instanceId = idOf(instance);
  const seed = await attachSeed(instance.folder, configDrive(instance, instanceId));
  return {
    instanceId,
    qemu: [...nova(instanceId), ...seed],
    network: [],
    mtu,
    requests: () => [],
    stop: async () => {},
  };
}

/** The same files as a drive; other clouds attach one as well. */
export function configDrive(instance: Instance, uuid: string): IsoContent {
  const files = Object.entries(byVersion(instance, uuid)).flatMap(([version, found]) =>
    Object.entries(found).map(([name, content]) => [`openstack/${version}/${name}`, content as string]),
  );
  return { label: 'config-2', files: Object.fromEntries(files) };
}

function idOf({ number }: Instance): string {
  return `05057ac4-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function nova(uuid: string): string[] {
  return smbios({
    system: { manufacturer: 'OpenStack Foundation', product: 'OpenStack Nova', serial: uuid, uuid },
  });
}

function answer({ method, path }: Asked, tree: Tree): Answer {
  if (method !== 'GET') return text('Method Not Allowed', 405);
  const found = lookUp(tree, path);
  if (found === undefined) return text('Not Found', 404);
  if (typeof found === 'string') return text(found);
  // Keys are listed with their names, as EC2 does it; versions without a slash.
  if (/\/public-keys\/?$/.test(path)) return text('0=ingot');
  return text(/^\/openstack\/?$/.test(path) ? versions.join('\n') : listing(found));
}

/** The same files in every version. */
function byVersion(instance: Instance, uuid: string): { [version: string]: Tree } {
  const { hostname, publicKey, userData } = instance;
  const data = {
    availability_zone: 'nova',
    hostname,
    keys: [{ data: publicKey, name: 'ingot', type: 'ssh' }],
    launch_index: 0,
    name: hostname,
    project_id: '0'.repeat(32),
    public_keys: { ingot: publicKey },
    uuid,
  };
  const network = {
    links: [{ ethernet_mac_address: guestMac, id: 'tap0', mtu, type: 'ovs', vif_id: uuid }],
    networks: [{ id: 'network0', link: 'tap0', network_id: uuid, type: 'ipv4_dhcp' }],
    services: [],
  };
  const files = {
    'meta_data.json': JSON.stringify(data),
    'network_data.json': JSON.stringify(network),
    user_data: userData,
    'vendor_data.json': '{}',
  };
  return Object.fromEntries(versions.map((version) => [version, files]));
}
