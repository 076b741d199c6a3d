import { join } from 'node:path';
import { placeGrub } from '../formats/boot/grub-bios.ts';
import { kernelFolder, type LoaderEntry, renderLoaderEntry } from '../formats/boot/loader-entry.ts';
import { parseGpt, partitionTypes, tableBytes } from '../formats/disk/gpt.ts';
import { textEntry } from '../formats/text/tree-entry.ts';
import { fileSize, move, readBytes, readText } from '../host/fs/files.ts';
import { patchFile, readHead } from '../host/fs/random-access.ts';
import { tarOf } from '../host/fs/tar.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { runInside } from '../host/run/sandbox.ts';
import type { BootVariant } from '../model/disk.ts';
import type { KernelPaths } from '../model/distro.ts';
import { IngotError } from '../model/errors.ts';
import type { Tree, TreeEntry } from '../model/types.ts';
import type { StageContext } from './context.ts';
import { type DiskLayout, diskFiles } from './convert/whole-disk.ts';
import { findKernels, type Kernel } from './kernels.ts';
import { modelsSize } from './models-size.ts';
import { ownPrograms } from './program.ts';
import { readDigest } from './stage-output.ts';
import { withoutFsync } from './without-fsync.ts';

const mebibyte = 2 ** 20;
/** GRUB's partition is the first, behind the MiB that the partition table has. */
const grubPlace = { startSector: mebibyte / 512, partitionBytes: mebibyte };

/**
 * The raw disk, sparse, by systemd-repart itself without any block device: boot loaders in their partitions,
 * room for the root, which is a file beside it, and for the models, every id derived from the seed.
 */
export async function diskStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, log, sourceDateEpoch } = context;
  const programs = ownPrograms(new URL('disk/', import.meta.url));
  const root = join(inputs.root!, 'root');
  const sandbox = {
    tools: inputs.tools!,
    work: scratch,
    inputs: { '/inputs/root': root, '/inputs/program': programs },
    sourceDateEpoch,
  };
  const kernel = await onlyKernel(root, options.kernel as unknown as KernelPaths);
  const entry = await entryOf(root, kernel, options);
  const definitions = options.tree as unknown as Tree;
  const sizes = modelsSize(definitions, (await readDigest(inputs.models!)).size);
  const tree = [...definitions, ...sizes, entryFile(entry, options), ...variantFiles(entry, options)];
  const words = [`${options.sizeMiB}M`, String(options.seed), ...kernelWords(kernel, entry, options)];
  const grub = options.grubRoot ? [String(options.grubRoot)] : [];
  const make = await withoutFsync(scratch, ['sh', '/inputs/program/disk.sh', ...words, ...grub]);
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

/** Where the kernel is, and where it goes: a folder of its own, or a file that holds everything. */
function kernelWords(kernel: Kernel, entry: LoaderEntry, { uki, tries }: StageContext['options']): string[] {
  const { token, kernel: release } = entry;
  const to = uki ? `esp/EFI/Linux/${token}-${release}+${tries}.efi` : `esp/${kernelFolder(entry)}`;
  return [kernel.image, kernel.initramfs, release, to];
}

/**
 * How the root's one kernel is started; boot counting watches the entry. A unified image holds the command
 * line itself.
 */
function entryFile(entry: LoaderEntry, { uki, tries }: StageContext['options']): TreeEntry {
  if (uki) return textEntry('command-line', entry.commandLine);
  const path = `esp/loader/entries/${entry.token}-${entry.kernel}+${tries}.conf`;
  return textEntry(path, renderLoaderEntry(entry));
}

/** Entries behind the first, which are never counted and never start unasked. */
function variantFiles(entry: LoaderEntry, options: StageContext['options']): TreeEntry[] {
  const variants = (options.variants ?? []) as unknown as BootVariant[];
  return variants.map(({ name, title, words }) => {
    const path = `esp/loader/entries/${entry.token}-${entry.kernel}-${name}.conf`;
    const commandLine = [entry.commandLine, ...words].join(' ');
    // The loader lists by this key first.
    const sortKey = `${entry.sortKey}-${name}`;
    return textEntry(
      path,
      renderLoaderEntry({ ...entry, title: `${entry.title} (${title})`, sortKey, commandLine }),
    );
  });
}

async function onlyKernel(root: string, paths: KernelPaths): Promise<Kernel> {
  const kernels = await findKernels(root, paths);
  if (kernels.length === 1) return kernels[0]!;
  throw new IngotError('COMMAND_FAILED', `the root has ${kernels.length} kernels, but a disk boots one`, {
    hint: 'leave one kernel in the package lists',
  });
}

async function entryOf(
  root: string,
  kernel: Kernel,
  { entry }: StageContext['options'],
): Promise<LoaderEntry> {
  const described = entry as unknown as Pick<LoaderEntry, 'title' | 'token' | 'commandLine'>;
  const release = await readText(join(root, 'usr/lib/os-release'));
  const [, sortKey] = /^IMAGE_ID=(.+)$/m.exec(release) ?? /^ID=(.+)$/m.exec(release) ?? [];
  if (!sortKey) throw new IngotError('COMMAND_FAILED', "the root's usr/lib/os-release has no ID");
  const initramfs = kernel.initramfs.slice(kernel.initramfs.lastIndexOf('/') + 1);
  return { ...described, sortKey, kernel: kernel.release, initramfs };
}

/**
 * Writes into a disk, whose BIOS partition has what make-grub.sh made, where GRUB's parts find each other.
 */
async function completeGrub(disk: string, scratch: string): Promise<void> {
  const [boot, core] = await Promise.all(
    ['boot.img', 'grub.img'].map((name) => readBytes(join(scratch, name))),
  );
  const { code, partition } = placeGrub({ boot: boot!, core: core! }, grubPlace);
  patchFile(disk, () => [
    { offset: 0, bytes: code },
    { offset: grubPlace.startSector * 512, bytes: partition },
  ]);
}
