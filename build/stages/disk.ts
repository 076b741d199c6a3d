import { join } from 'node:path';
import { kernelFolder, type LoaderEntry } from '../formats/boot/loader-entry.ts';
import { parseGpt, partitionTypes, tableBytes } from '../formats/disk/gpt.ts';
import { fileSize, move } from '../host/fs/files.ts';
import { patchFile, readHead } from '../host/fs/random-access.ts';
import { tarOf } from '../host/fs/tar.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { runInside } from '../host/run/sandbox.ts';
import type { Tree } from '../model/types.ts';
import { entryFiles, kernelEntry } from './boot-entries.ts';
import type { StageContext } from './context.ts';
import { type DiskLayout, diskFiles } from './convert/whole-disk.ts';
import type { Kernel } from './kernels.ts';
import { modelsSize } from './models-size.ts';
import { grubPlace, placedGrub } from './placed-grub.ts';
import { ownPrograms } from './program.ts';
import { readDigest } from './stage-output.ts';
import { withoutFsync } from './without-fsync.ts';

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
  const { kernel, entry } = await kernelEntry(root, options);
  const definitions = options.tree as unknown as Tree;
  const sizes = modelsSize(definitions, (await readDigest(inputs.models!)).size);
  const tree = [...definitions, ...sizes, ...entryFiles(entry, options)];
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
 * Writes into a disk, whose BIOS partition has what make-grub.sh made, where GRUB's parts find each other.
 */
async function completeGrub(disk: string, scratch: string): Promise<void> {
  const { code, partition } = await placedGrub(scratch);
  patchFile(disk, () => [
    { offset: 0, bytes: code },
    { offset: grubPlace.startSector * 512, bytes: partition },
  ]);
}
