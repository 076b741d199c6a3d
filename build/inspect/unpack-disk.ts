import { basename, join } from 'node:path';
import { headBytes, type ImageKind, imageKind } from '../formats/disk/image-kind.ts';
import { listFiles } from '../host/fs/files.ts';
import { readHead } from '../host/fs/read-head.ts';
import { IngotError } from '../model/errors.ts';
import type { Workplace } from './open-image.ts';

/** A disk that qemu-img can read. */
export interface Disk {
  /** Of the artifact that it came in. */
  name: string;
  /** Path inside the sandbox. */
  file: string;
  /** How qemu-img names the format; it is never left to guess. */
  driver: string;
}

const drivers: { [kind in ImageKind]?: string } = {
  raw: 'raw',
  qcow2: 'qcow2',
  vmdk: 'vmdk',
  vdi: 'vdi',
  vhd: 'vpc',
  vhdx: 'vhdx',
};
const unpackers: { [kind in ImageKind]?: string } = { xz: 'xz', gzip: 'gzip', zstd: 'zstd' };
/** A disk in a tar in a compressed file, as clouds take it, and one more. */
const mostLayers = 4;

/** Takes off what a disk is packed in: compression, and a tar that holds one disk, as an OVA does. */
export async function unpackDisk(
  artifact: string,
  kind: ImageKind,
  { inside, work }: Workplace,
): Promise<Disk> {
  const name = basename(artifact);
  let [file, within] = ['/inputs/artifact', kind];
  for (let layer = 0; layer < mostLayers; layer++) {
    const driver = drivers[within];
    if (driver) return { name, file, driver };
    const to = `/scratch/layer${layer}`;
    const folder = join(work, `layer${layer}`);
    const unpacker = unpackers[within];
    if (unpacker) await inside(['bash', '-o', 'pipefail', '-euc', decompress, 'bash', unpacker, file, to]);
    else
      await inside([
        'sh',
        '-euc',
        'mkdir "$2"; tar --extract --no-same-owner --file "$1" --directory "$2"',
        'sh',
        file,
        to,
      ]);
    const inner = unpacker ? undefined : await diskIn(folder, name);
    file = inner ? `${to}/${inner}` : to;
    within = imageKind(await readHead(inner ? join(folder, inner) : folder, headBytes));
  }
  throw new IngotError('INPUT_INVALID', `${name} is packed more than ${mostLayers} times`);
}

// Holes stay holes: most of a disk is empty.
const decompress =
  '"$1" --decompress --stdout < "$2" | dd of="$3" bs=1M iflag=fullblock conv=sparse status=none';

async function diskIn(folder: string, name: string): Promise<string> {
  const disks = (await listFiles(folder)).filter((file) => /\.(raw|vmdk|qcow2|vdi|vhdx?|img)$/.test(file));
  if (disks.length === 1) return disks[0]!;
  throw new IngotError(
    'INPUT_INVALID',
    `${name} holds ${disks.length} disks instead of one: ${disks.join(', ')}`,
  );
}
