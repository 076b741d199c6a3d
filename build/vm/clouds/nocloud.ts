import { nocloudSeed } from '../../formats/nocloud-seed.ts';
import type { Cloud, Instance } from './cloud.ts';
import { smbios, uuidOf } from './dmi.ts';
import { attachSeed } from './drive.ts';

/** No cloud at all: a machine with the seed that `ingot seed` makes. */
export async function startNoCloud(instance: Instance): Promise<Cloud> {
  const { number, hostname, publicKey, userData, folder } = instance;
  const instanceId = `iid-ingot-${number}`;
  return {
    instanceId,
    qemu: [
      ...smbios({ system: { manufacturer: 'Ingot', product: 'Machine', uuid: uuidOf(number) } }),
      ...(await attachSeed(folder, nocloudSeed({ hostname, publicKeys: [publicKey], userData, instanceId }))),
    ],
    network: [],
    requests: () => [],
    stop: async () => {},
  };
}
