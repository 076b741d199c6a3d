import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FileSystem, fileSystem, superBytes } from '../formats/disk/recognise.ts';
import { readHead } from '../host/fs/random-access.ts';
import { IngotError } from '../model/errors.ts';
import type { OpenImage, Workplace } from './open-image.ts';

/**
 * Takes the root's tree, or only these folders of it, out of its file system; returns where it is outside the
 * sandbox.
 */
export async function extractRoot(
  { root }: Pick<OpenImage, 'root'>,
  { inside, work }: Workplace,
  folders?: string[],
): Promise<string> {
  const { file, offset, size } = root;
  const dd = ['dd', `if=${file}`, 'of=/scratch/super', 'bs=2048', 'count=1', `skip=${offset}`];
  await inside([...dd, 'iflag=skip_bytes', 'status=none']);
  const kind = fileSystem(await readHead(join(work, 'super'), superBytes));
  if (!kind) throw new IngotError('INPUT_INVALID', 'the root is in a file system that cannot be read here');
  await inside(['mkdir', '/scratch/root']);
  await extractors[kind]({ inside, file, offset, size, folders });
  return join(work, 'root');
}

interface Source {
  inside: Workplace['inside'];
  file: string;
  offset: number;
  size: number;
  folders?: string[];
}

const programs = {
  '/inputs/extract-xfs.sh': fileURLToPath(new URL('extract-xfs.sh', import.meta.url)),
  '/inputs/extract-ext4.sh': fileURLToPath(new URL('extract-ext4.sh', import.meta.url)),
  '/inputs/restore-modes.py': fileURLToPath(new URL('restore-modes.py', import.meta.url)),
};

const extractors: { [kind in FileSystem]: (source: Source) => Promise<unknown> } = {
  squashfs: ({ inside, file, offset, folders = [] }) => {
    const quiet = ['-quiet', '-no-progress', '-force', '-offset', String(offset)];
    return inside(['unsquashfs', ...quiet, '-dest', '/scratch/root', file, ...folders]);
  },
  xfs: (source) => offline(source, '/inputs/extract-xfs.sh'),
  ext4: (source) => offline(source, '/inputs/extract-ext4.sh'),
};

/** Programs that read a file system without mounting it want it alone in a file. */
async function offline(
  { inside, file, offset, size, folders = [''] }: Source,
  script: string,
): Promise<void> {
  const part = `driver=raw,offset=${offset},size=${size},file.driver=file,file.filename=${file}`;
  if (offset) await inside(['qemu-img', 'convert', '-O', 'raw', '--image-opts', part, '/scratch/root.img']);
  const image = offset ? '/scratch/root.img' : file;
  await inside(['bash', script, image, ...folders], programs);
}
