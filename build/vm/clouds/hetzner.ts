import { renderYaml } from '../../formats/text/yaml.ts';
import { type Cloud, guestMac, type Instance } from './cloud.ts';
import { smbios, uuidOf } from './dmi.ts';
import { cloudNetwork, metadataAddress } from './network.ts';
import { type Answer, startServices, text } from './service.ts';

const root = '/hetzner/v1/';

/** Makes root the user who gets the keys: https://github.com/canonical/cloud-init/issues/5167 quotes it. */
const vendorData = `#cloud-config
system_info:
  default_user: { name: root, lock_passwd: true, shell: /bin/bash }
`;

/**
 * A server of Hetzner's cloud: its id is the serial number, its metadata one YAML document or a value at a
 * time.
 */
export async function startHetzner(instance: Instance): Promise<Cloud> {
  const id = 10_000_000 + instance.number;
  const facts = metadata(instance, id);
  const services = await startServices({
    [metadataAddress]: ({ method, path }) => {
      if (method !== 'GET') return text('method not allowed', 405);
      if (path === `${root}userdata`) return instance.userData ? text(instance.userData) : { status: 204 };
      if (path === `${root}metadata`) return text(renderYaml(facts));
      return value(facts, path.startsWith(`${root}metadata/`) ? path.slice(`${root}metadata/`.length) : '');
    },
  });
  return {
    instanceId: String(id),
    qemu: smbios({
      bios: { vendor: 'Hetzner' },
      system: {
        manufacturer: 'Hetzner',
        product: 'vServer',
        serial: String(id),
        uuid: uuidOf(instance.number),
      },
    }),
    network: cloudNetwork(services.ports),
    requests: services.requests,
    stop: services.stop,
  };
}

function value(facts: { [name: string]: unknown }, name: string): Answer {
  if (name === 'private-networks') return text('[]\n');
  if (!Object.hasOwn(facts, name)) return text('not found', 404);
  const found = facts[name];
  return text(typeof found === 'object' ? renderYaml(found) : String(found));
}

function metadata({ hostname, publicKey }: Instance, id: number): { [name: string]: unknown } {
  const card = {
    mac_address: guestMac,
    name: 'eth0',
    subnets: [{ ipv4: true, type: 'dhcp' }],
    type: 'physical',
  };
  return {
    'availability-zone': 'fsn1-dc14',
    hostname,
    'instance-id': id,
    'network-config': { config: [card], version: 1 },
    'public-ipv4': '168.0.0.15',
    'public-keys': [publicKey],
    region: 'eu-central',
    vendor_data: vendorData,
  };
}
