import { join } from 'node:path';
import { formatRows } from '../formats/disk/formats.ts';
import { parseOvfManifest } from '../formats/disk/ovf.ts';
import { parseOvf } from '../formats/disk/ovf-reader.ts';
import { hashFile, listFiles, readText } from '../host/fs/files.ts';
import { makeFolder } from '../host/fs/folders.ts';
import { run } from '../host/run/command.ts';
import { IngotError } from '../model/errors.ts';
import type { Controller } from '../model/target.ts';
import type { ArtifactRecord, Firmware } from '../model/types.ts';

/** A disk that QEMU can read, in whatever form it was delivered. */
export interface ArtifactDisk {
  path: string;
  /** How QEMU names the format; it is never left to guess. */
  driver: string;
  /** Size of the disk in bytes. */
  size: number;
  /** The machine that comes with the disk, as in an OVA. */
  machine?: {
    cpus: number;
    memoryMiB: number;
    firmware: Firmware;
    controller: Controller;
    networkCard: string;
  };
}

/** QEMU's names of what an OVF can ask for. */
const controllers: { [name: string]: Controller } = { 'vmware.sata.ahci': 'ahci' };
const networkCards: { [name: string]: string } = { E1000: 'e1000' };

/** Takes the disk out of what it is packed in, into the folder; one that is not packed stays where it is. */
export async function openArtifactDisk(
  artifact: string,
  record: ArtifactRecord,
  folder: string,
): Promise<ArtifactDisk> {
  if (record.format === 'ova') return openOva(artifact, folder);
  const raw = join(folder, 'disk.raw');
  if (record.format === 'gce-tar') await unpack(artifact, folder);
  else if (decompressors[record.compression] && record.format === 'raw')
    await decompress(decompressors[record.compression]!, artifact, raw);
  else return withSize({ path: artifact, driver: formatRows[record.format].driver! });
  return withSize({ path: raw, driver: 'raw' });
}

/** Adds an overlay of this size that takes all that a machine writes. */
export async function writeOverlay(disk: ArtifactDisk, path: string, bytes: number): Promise<void> {
  await run([
    'qemu-img',
    'create',
    '-q',
    '-f',
    'qcow2',
    '-F',
    disk.driver,
    '-b',
    disk.path,
    path,
    `${bytes}`,
  ]);
}

/**
 * Every file of an OVA must be in its manifest, as the manifest says; its description is the machine to
 * start.
 */
async function openOva(artifact: string, folder: string): Promise<ArtifactDisk> {
  const unpacked = join(folder, 'ova');
  await makeFolder(unpacked);
  await unpack(artifact, unpacked);
  const names = await listFiles(unpacked);
  const named = (ending: string) => {
    const found = names.filter((name) => name.endsWith(ending));
    if (found.length === 1) return found[0]!;
    throw new IngotError('INPUT_INVALID', `${artifact} has ${found.length} files *${ending} instead of one`);
  };
  const manifest = parseOvfManifest(await readText(join(unpacked, named('.mf'))));
  for (const name of names.filter((file) => !file.endsWith('.mf'))) {
    const actual = await hashFile(join(unpacked, name));
    if (actual !== manifest.get(name))
      throw new IngotError(
        'HASH_MISMATCH',
        `${name} in ${artifact} has sha256 ${actual}, its manifest says ${manifest.get(name) ?? 'nothing'}`,
      );
  }
  const { disk, controller, ...machine } = parseOvf(await readText(join(unpacked, named('.ovf'))));
  const attachedTo = controllers[controller];
  const networkCard = networkCards[machine.networkCard];
  if (!attachedTo || !networkCard)
    throw new IngotError(
      'INPUT_INVALID',
      `${artifact} asks for a disk on ${controller} and a network card ${machine.networkCard}, which no test covers`,
    );
  const delivered = await withSize({ path: join(unpacked, disk.file), driver: 'vmdk' });
  if (delivered.size !== disk.capacity)
    throw new IngotError(
      'INPUT_INVALID',
      `${disk.file} in ${artifact} is a disk of ${delivered.size} bytes, but its description says ${disk.capacity}`,
    );
  return { ...delivered, machine: { ...machine, controller: attachedTo, networkCard } };
}

async function withSize(disk: { path: string; driver: string }): Promise<ArtifactDisk> {
  const info = await run(['qemu-img', 'info', '--output=json', '-f', disk.driver, disk.path]);
  return { ...disk, size: (JSON.parse(info) as { 'virtual-size': number })['virtual-size'] };
}

async function unpack(archive: string, folder: string): Promise<void> {
  await run(['tar', '--extract', '--no-same-owner', '--file', archive, '--directory', folder]);
}

/** What unpacks a raw disk to standard output. */
const decompressors: { [compression: string]: string } = {
  gzip: 'gzip --decompress --stdout',
  xz: 'xz --threads=0 --decompress --stdout',
};

/** Holes stay holes: most of a disk is empty. */
async function decompress(by: string, artifact: string, to: string): Promise<void> {
  const script = `${by} "$1" | dd of="$2" bs=1M iflag=fullblock conv=sparse status=none`;
  await run(['bash', '-o', 'pipefail', '-euc', script, 'decompress', artifact, to]);
}
