import { nocloudSeed } from '../../formats/disk/nocloud-seed.ts';
import { renderYaml } from '../../formats/text/yaml.ts';
import { type Cloud, guestMac, type Instance } from './cloud.ts';
import { smbios, uuidOf } from './dmi.ts';
import { attachSeed } from './drive.ts';

/** QEMU's own network, without asking its DHCP: the MTU tells that this was taken. */
const networkConfig = renderYaml({
  version: 2,
  ethernets: {
    first: {
      match: { macaddress: guestMac },
      addresses: ['10.0.2.15/24'],
      mtu: 1400,
    },
  },
});

/** No cloud at all: a machine with the seed that `ingot seed` makes. */
export async function startNoCloud(instance: Instance): Promise<Cloud> {
  const { number, hostname, publicKey, userData, folder } = instance;
  const instanceId = `iid-ingot-${number}`;
  return {
    instanceId,
    qemu: [
      ...smbios({ system: { manufacturer: 'Ingot', product: 'Machine', uuid: uuidOf(number) } }),
      ...(await attachSeed(
        folder,
        nocloudSeed({ hostname, publicKeys: [publicKey], userData, networkConfig, instanceId }),
      )),
    ],
    network: [],
    mtu: 1400,
    requests: () => [],
    stop: async () => {},
  };
}
