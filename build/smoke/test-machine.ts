import { join } from 'node:path';
import { inNewFolder } from '../host/fs/scratch.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { openArtifactDisk, writeOverlay } from '../vm/artifact-disk.ts';
import type { CloudRequest, StartCloud } from '../vm/clouds/cloud.ts';
import { type CloudName, startCloud } from '../vm/clouds/start.ts';
import { userData } from '../vm/clouds/user-data.ts';
import { makeKey, type PowerOnOptions, publicKeyOf } from '../vm/start-qemu.ts';

/** What a machine keeps from one start to the next: its disk, and the cloud that it is in. */
export interface TestMachine {
  /** Holds what the machine writes; removed with the machine. */
  folder: string;
  /** Size in bytes of the disk that it has got; absent for a medium. */
  diskBytes?: number;
  cloud?: { name: CloudName; hostname: string; instanceId: string; mtu?: number; complaints?: string[] };
  /** What the machine asked of the cloud so far. */
  requests(): CloudRequest[];
  /** Its part of QEMU's options. */
  qemu: Pick<
    PowerOnOptions,
    | 'disk'
    | 'memoryMiB'
    | 'cpus'
    | 'networkCard'
    | 'network'
    | 'extraArguments'
    | 'guestAgent'
    | 'shell'
    | 'user'
    | 'privateKeyPath'
  >;
  /** Stops the cloud and removes what the machine wrote. */
  remove(): Promise<void>;
}

/** A disk is larger by this much than its image when a machine gets it, as disks are in real life. */
const growthBytes = 2 * 1024 ** 3;

/**
 * Prepares a machine for an artifact. What it writes goes to a folder of its own: the artifact stays
 * unchanged.
 */
export async function prepareMachine(
  artifact: string,
  record: ArtifactRecord,
  name?: CloudName,
  start: StartCloud | undefined = name && startCloud[name],
): Promise<TestMachine> {
  return inNewFolder('machine', (path, remove) =>
    prepareMachineIn({ path, remove }, artifact, record, name, start),
  );
}

async function prepareMachineIn(
  { path, remove }: { path: string; remove(): Promise<void> },
  artifact: string,
  record: ArtifactRecord,
  name?: CloudName,
  start?: StartCloud,
): Promise<TestMachine> {
  const privateKeyPath = await makeKey(path);
  const { memoryMiB, cpus } = record.machine;
  const nothing = { folder: path, requests: () => [], remove };
  const shell = !record.features.some((feature) => feature.name === 'ssh');
  if (record.format === 'iso') {
    const disk = { path: artifact, format: 'raw' as const, readOnly: true };
    return { ...nothing, qemu: { disk, memoryMiB, cpus, user: 'root', shell, privateKeyPath } };
  }
  const delivered = await openArtifactDisk(artifact, record, path);
  const first = { firmware: record.firmware[0], controller: record.controllers[0] };
  const { firmware, controller, ...described } = { ...first, ...delivered.machine };
  if (firmware !== first.firmware || controller !== first.controller)
    throw new IngotError(
      'INPUT_INVALID',
      `${record.file} describes a machine that boots by ${firmware} from ${controller}, ` +
        `its record says by ${first.firmware} from ${first.controller}`,
    );
  const diskBytes = delivered.size + growthBytes;
  const overlay = join(path, 'overlay.qcow2');
  await writeOverlay(delivered, overlay, diskBytes);
  const machine = {
    disk: { path: overlay, format: 'qcow2' as const, readOnly: false },
    ...{ memoryMiB, cpus, ...described },
    // An image without the agent leaves its channel alone.
    guestAgent: record.format === 'qcow2',
    shell,
    privateKeyPath,
  };
  if (!name || !start) return { ...nothing, diskBytes, qemu: { ...machine, user: 'root' } };
  const hostname = `${record.recipe}-${name}`;
  const user = cloudUser(record);
  const publicKey = await publicKeyOf(privateKeyPath);
  const instance = { number: 1, hostname, user, publicKey, userData, folder: path };
  const cloud = await start(instance);
  return {
    folder: path,
    diskBytes,
    cloud: {
      name,
      hostname,
      instanceId: cloud.instanceId,
      mtu: cloud.mtu,
      complaints: cloud.complaints,
    },
    requests: cloud.requests,
    qemu: { ...machine, user, network: cloud.network, extraArguments: cloud.qemu },
    async remove() {
      await cloud.stop();
      await remove();
    },
  };
}

/** Who gets the key where the metadata name nobody. */
function cloudUser({ file, features }: ArtifactRecord): string {
  const user = features.find(({ metadata }) => metadata)?.metadata?.user;
  if (user === undefined)
    throw new IngotError(
      'INPUT_INVALID',
      `${file} is for a cloud, and none of its record's features reads a cloud's metadata`,
      { hint: 'build it again' },
    );
  return user;
}
