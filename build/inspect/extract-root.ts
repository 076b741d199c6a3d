import { join } from 'node:path';
import { type FileSystem, fileSystem, superBytes } from '../formats/disk/recognise.ts';
import { readHead } from '../host/fs/random-access.ts';
import { IngotError } from '../model/errors.ts';
import type { OpenImage, Workplace } from './open-image.ts';

/** Takes the root's tree, or only these folders of it, out of its file system; returns where it is outside the sandbox. */
export async function extractRoot(
  { root }: Pick<OpenImage, 'root'>,
  { inside, work }: Workplace,
  folders?: string[],
): Promise<string> {
  const { file, offset, size } = root;
  const dd = ['dd', `if=${file}`, 'of=/scratch/super', 'bs=2048', 'count=1', `skip=${offset}`];
  await inside([...dd, 'iflag=skip_bytes', 'status=none']);
  const kind = fileSystem(await readHead(join(work, 'super'), superBytes));
  if (!kind) throw new IngotError('INPUT_INVALID', 'the root is in no file system that can be read here');
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

const extractors: { [kind in FileSystem]: (source: Source) => Promise<unknown> } = {
  squashfs: ({ inside, file, offset, folders = [] }) => {
    const quiet = ['-quiet', '-no-progress', '-force', '-offset', String(offset)];
    return inside(['unsquashfs', ...quiet, '-dest', '/scratch/root', file, ...folders]);
  },
  xfs: (source) => offline(source, xfs),
  ext4: (source) => offline(source, ext4),
};

/** Programs that read a file system without mounting it want it alone in a file. */
async function offline(
  { inside, file, offset, size, folders = [''] }: Source,
  script: string,
): Promise<void> {
  const part = `driver=raw,offset=${offset},size=${size},file.driver=file,file.filename=${file}`;
  if (offset) await inside(['qemu-img', 'convert', '-O', 'raw', '--image-opts', part, '/scratch/root.img']);
  const image = offset ? '/scratch/root.img' : file;
  await inside(['bash', '-o', 'pipefail', '-euc', script, 'bash', image, ...folders]);
}

// Both copy owners after modes, which takes set-uid and set-gid away: those are asked for again by inode.
const xfs = `
image=$1; shift
for folder; do
  mkdir -p "/scratch/root/$folder"
  xfs_db -r -c "rdump /$folder /scratch/root/$folder" "$image"
done
xfs_db -r -c 'blockget -n' -c 'ncheck -s' "$image" | while read -r inode path; do
  mode=$(xfs_db -r -c "inode $inode" -c 'print core.mode' "$image" | sed 's/.*= 0[0-7]*\\([0-7]\\{4\\}\\)$/\\1/')
  [ ! -f "/scratch/root/$path" ] || [ -L "/scratch/root/$path" ] || chmod "$mode" "/scratch/root/$path"
done
`;

const ext4 = `
image=$1; shift
for folder; do
  above=/scratch/root$(dirname "/$folder")
  mkdir -p "$above"
  debugfs -R "rdump /$folder $above" "$image"
done
cd /scratch/root
find . -mindepth 1 ! -type l -printf 'stat "/%P"\\n' > /scratch/commands
debugfs -f /scratch/commands "$image" 2>&1 | python3 /dev/fd/3 3<<'PYTHON'
import os, re, sys
path = None
for line in sys.stdin.buffer:
    asked = re.match(rb'debugfs: +stat "/(.*)"$', line.rstrip(b"\\n"))
    mode = re.search(rb" Mode: +0*([0-7]+) ", line)
    if asked: path = asked[1]
    elif mode and path: os.chmod(path, int(mode[1], 8)); path = None
PYTHON
`;
