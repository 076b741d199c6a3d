import { type Cloud, guestMac, type Instance } from './cloud.ts';
import { smbios, uuidOf } from './dmi.ts';
import { attachSeed } from './drive.ts';
import { cloudNetwork, metadataAddress } from './network.ts';
import { configDrive } from './openstack.ts';
import { json, startServices, text } from './service.ts';
import { listing, lookUp, type Tree } from './tree.ts';

/**
 * A droplet: its id is the serial number, its metadata one JSON document or a folder of values, and the same
 * is on a config drive, which DigitalOcean's own images read first.
 */
export async function startDigitalOcean(instance: Instance): Promise<Cloud> {
  const droplet = 100_000_000 + instance.number;
  const facts = metadata(instance, droplet);
  const drive = configDrive(instance, String(droplet));
  const tree: Tree = { metadata: { v1: values(instance, droplet) } };
  const services = await startServices({
    [metadataAddress]: ({ method, path }) => {
      if (method !== 'GET') return text('method not allowed', 405);
      if (path === '/metadata/v1.json') return json(facts);
      const found = lookUp(tree, path);
      if (found === undefined) return text('not found', 404);
      return text(typeof found === 'string' ? found : listing(found));
    },
  });
  return {
    instanceId: String(droplet),
    qemu: [
      ...smbios({
        bios: { vendor: 'DigitalOcean' },
        system: {
          manufacturer: 'DigitalOcean',
          product: 'Droplet',
          serial: String(droplet),
          uuid: uuidOf(instance.number),
        },
        board: { manufacturer: 'DigitalOcean', product: 'Droplet' },
      }),
      ...(await attachSeed(instance.folder, {
        label: drive.label,
        files: { ...drive.files, 'digitalocean_meta_data.json': JSON.stringify(facts) },
      })),
    ],
    network: cloudNetwork(services.ports),
    requests: services.requests,
    stop: services.stop,
  };
}

/** Networks are described as static ones; what is said is what QEMU's DHCP would say. */
function metadata({ hostname, publicKey, userData }: Instance, droplet: number) {
  const ipv4 = { gateway: '168.0.0.2', ip_address: '168.0.0.15', netmask: '254.0.0.0' };
  return {
    dns: { nameservers: ['168.0.0.3'] },
    droplet_id: droplet,
    features: { dhcp_enabled: true },
    hostname,
    interfaces: { public: [{ ipv4, mac: guestMac, type: 'public' }] },
    public_keys: [publicKey],
    region: 'fra1',
    tags: [],
    user_data: userData,
    vendor_data: '',
  };
}

function values({ hostname, publicKey, userData }: Instance, droplet: number): Tree {
  return {
    hostname,
    id: String(droplet),
    'public-keys': publicKey,
    region: 'fra1',
    'user-data': userData,
    'vendor-data': '',
  };
}
