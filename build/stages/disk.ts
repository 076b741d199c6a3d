import { join } from 'node:path';
import { type LoaderEntry, renderLoaderEntry } from '../formats/boot/loader-entry.ts';
import { parseGpt, partitionTypes, tableBytes } from '../formats/disk/gpt.ts';
import { textEntry } from '../formats/text/tree-entry.ts';
import { fileSize, listFiles, move, readText } from '../host/fs/files.ts';
import { readHead } from '../host/fs/random-access.ts';
import { tarOf } from '../host/fs/tar.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { runInside } from '../host/run/sandbox.ts';
import { IngotError } from '../model/errors.ts';
import type { Tree, TreeEntry } from '../model/types.ts';
import { bootFiles, completeGrub } from './boot-files.ts';
import type { StageContext } from './context.ts';
import { type DiskLayout, diskFiles } from './convert/whole-disk.ts';
import { modelsSize } from './models-size.ts';
import { rootInOrder } from './root-in-order.ts';
import { readDigest } from './stage-output.ts';
import { withoutFsync } from './without-fsync.ts';

/**
 * The raw disk, sparse, by systemd-repart itself without any block device: boot loaders in their partitions, room for
 * the root, which is a file beside it, and for the models, every id derived from the seed.
 */
export async function diskStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, log, sourceDateEpoch } = context;
  const sandbox = {
    tools: inputs.tools!,
    work: scratch,
    inputs: { '/inputs/root': join(inputs.root!, 'root') },
    sourceDateEpoch,
  };
  const entry = await entryOf(context);
  const definitions = options.tree as unknown as Tree;
  const sizes = modelsSize(definitions, (await readDigest(inputs.models!)).size);
  const tree = [...definitions, ...sizes, entryFile(entry, context)];
  const boot = bootFiles(entry, options);
  const words = [`${options.sizeMiB}M`, String(options.seed), ...boot.words];
  const make = await withoutFsync(scratch, ['sh', '-euc', `${boot.functions}${makeDisk}`, 'disk', ...words]);
  await runInside(sandbox, make, { log, input: tarOf(tree, sourceDateEpoch) });
  const disk = join(scratch, diskFiles.disk);
  if (options.grubRoot) await completeGrub(disk, scratch);
  await writeFiles(output, { [diskFiles.layout]: JSON.stringify(await layoutOf(disk)) });
  for (const name of [diskFiles.disk, diskFiles.root]) await move(join(scratch, name), join(output, name));
}

async function layoutOf(disk: string): Promise<DiskLayout> {
  const partitions = parseGpt(await readHead(disk, tableBytes), await fileSize(disk), disk);
  return {
    rootStart: partitions.find(({ type }) => partitionTypes[type] === 'root')!.start,
    modelsStart: partitions.find(({ name }) => name === 'models')!.start,
  };
}

/** How the root's one kernel is started; boot counting watches the entry. A unified image holds the command line itself. */
function entryFile(entry: LoaderEntry, { options }: StageContext): TreeEntry {
  if (options.uki) return textEntry('command-line', entry.commandLine);
  const path = `esp/loader/entries/${entry.token}-${entry.kernel}+${options.tries}.conf`;
  return textEntry(path, renderLoaderEntry(entry));
}

async function entryOf({ inputs, options }: StageContext): Promise<LoaderEntry> {
  const files = await listFiles(join(inputs.root!, 'root/boot'));
  const kernels = files.filter((name) => name.startsWith('vmlinuz-'));
  if (kernels.length !== 1)
    throw new IngotError(
      'COMMAND_FAILED',
      `the root has ${kernels.length} kernels in /boot, but a disk boots one`,
      { hint: 'leave one kernel in the package lists' },
    );
  const described = options.entry as unknown as Omit<LoaderEntry, 'kernel' | 'sortKey'>;
  const release = await readText(join(inputs.root!, 'root/usr/lib/os-release'));
  const [, sortKey] = /^IMAGE_ID=(.+)$/m.exec(release) ?? /^ID=(.+)$/m.exec(release) ?? [];
  if (!sortKey) throw new IngotError('COMMAND_FAILED', "the root's usr/lib/os-release has no ID");
  return { ...described, sortKey, kernel: kernels[0]!.slice('vmlinuz-'.length) };
}

/**
 * `$3` and all behind are `bootFiles`'s words; what they make is made while the root is put in order.
 *
 * mkfs.xfs takes ids from DETERMINISTIC_SEED; mcopy, mkfs and repart take times from SOURCE_DATE_EPOCH. Some firmware
 * reads no FAT whose sectors are not the disk's, which is what repart makes unasked. It gives mkfs an empty folder and an
 * empty file as large as the root's partition: instead, mkfs takes our folder and another file of that size, which is
 * then not copied into the disk. XFS ends with a whole allocation group: when its power fails soon after it has grown,
 * Linux may find the new size in the superblock and refuses to bring a shorter group, which is then not the last, back
 * from the log. Of an image's size (128 MiB to 4 TiB) mkfs makes four, in blocks of 4 KiB.
 */
const makeDisk = `
tar --extract
place_kernel "$3" "$4" & kernel=$!
make_grub "$5" & grub=$!
${rootInOrder}
wait "$kernel"
wait "$grub"
mkdir temporary bin
cat > bin/mkfs.xfs <<'end'
#!/bin/sh
for argument; do
  shift
  case $argument in
  "$TMPDIR"/*)
    if [ -d "$argument" ]; then argument=/scratch/ordered/root
    else
      size=$(stat --format=%s "$argument")
      argument=/scratch/${diskFiles.root}
      truncate --size="$size" "$argument"
    fi ;;
  esac
  set -- "$@" "$argument"
done
case $0 in *.xfs) set -- -d size=$((size / 16384 * 16384)) "$@" ;; esac
exec "/usr/sbin/\${0##*/}" "$@"
end
chmod +x bin/mkfs.xfs
ln bin/mkfs.xfs bin/mkfs.ext4
export PATH="/scratch/bin:$PATH" TMPDIR=/scratch/temporary DETERMINISTIC_SEED=1
systemd-repart --empty=create --size="$1" --sector-size=512 --seed="$2" --offline=yes --definitions=repart.d --dry-run=no ${diskFiles.disk}
`;
