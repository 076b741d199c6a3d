import { basename, join } from 'node:path';
import { formatRows } from '../formats/disk/formats.ts';
import { headBytes, type ImageKind, imageKind, isPacking } from '../formats/disk/recognise.ts';
import { listFiles } from '../host/fs/files.ts';
import { readHead } from '../host/fs/random-access.ts';
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
    if (!isPacking(within)) return { name, file, driver: formatRows[within].driver! };
    const to = `/scratch/layer${layer}`;
    const folder = join(work, `layer${layer}`);
    if (within === 'tar') await inside(['sh', '-euc', extract, 'sh', file, to]);
    else await inside(['bash', '-o', 'pipefail', '-euc', decompress, 'bash', within, file, to]);
    const inner = within === 'tar' ? await diskIn(folder, name) : undefined;
    file = inner ? `${to}/${inner}` : to;
    within = imageKind(await readHead(inner ? join(folder, inner) : folder, headBytes));
  }
  throw new IngotError('INPUT_INVALID', `${name} is packed more than ${mostLayers} times`);
}

const extract = 'mkdir "$2"; tar --extract --no-same-owner --file "$1" --directory "$2"';
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
