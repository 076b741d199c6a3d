import { join } from 'node:path';
import { renderYaml } from '../../formats/text/yaml.ts';
import { writeFiles } from '../../host/fs/write-files.ts';
import { run } from '../../host/run/command.ts';
import type { Cloud, Instance } from './cloud.ts';
import { smbios } from './dmi.ts';
import { attachDrive } from './drive.ts';

/** The same without a cloud, with a seed that Debian's own program for them makes. */
export async function startLocalds(instance: Instance): Promise<Cloud> {
  const { number, hostname, publicKey, userData, folder } = instance;
  const instanceId = `iid-localds-${number}`;
  const metadata = { 'instance-id': instanceId, 'local-hostname': hostname, 'public-keys': [publicKey] };
  await writeFiles(folder, { 'meta-data': renderYaml(metadata), 'user-data': userData });
  const seed = join(folder, 'localds.iso');
  await run(['cloud-localds', seed, join(folder, 'user-data'), join(folder, 'meta-data')]);
  return {
    instanceId,
    qemu: [...smbios({ system: { manufacturer: 'Ingot', product: 'Machine' } }), ...attachDrive(seed)],
    network: [],
    requests: () => [],
    stop: async () => {},
  };
}
