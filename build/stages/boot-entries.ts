import { join } from 'node:path';
import { type LoaderEntry, renderLoaderEntry } from '../formats/boot/loader-entry.ts';
import { textEntry } from '../formats/text/tree-entry.ts';
import { readText } from '../host/fs/files.ts';
import type { BootVariant } from '../model/disk.ts';
import type { KernelPaths } from '../model/distro.ts';
import { IngotError } from '../model/errors.ts';
import type { Json, Tree, TreeEntry } from '../model/types.ts';
import { findKernels, type Kernel } from './kernels.ts';

type Options = { [key: string]: Json };

/** How the one kernel of a disk's root is started. */
export async function kernelEntry(
  root: string,
  options: Options,
): Promise<{ kernel: Kernel; entry: LoaderEntry }> {
  const kernel = await onlyKernel(root, options.kernel as unknown as KernelPaths);
  const described = options.entry as unknown as Pick<LoaderEntry, 'title' | 'token' | 'commandLine'>;
  const release = await readText(join(root, 'usr/lib/os-release'));
  const [, sortKey] = /^IMAGE_ID=(.+)$/m.exec(release) ?? /^ID=(.+)$/m.exec(release) ?? [];
  if (!sortKey) throw new IngotError('COMMAND_FAILED', "the root's usr/lib/os-release has no ID");
  const initramfs = kernel.initramfs.slice(kernel.initramfs.lastIndexOf('/') + 1);
  return { kernel, entry: { ...described, sortKey, kernel: kernel.release, initramfs } };
}

/**
 * What the loader reads of a kernel, on the EFI system partition `esp`: boot counting watches the first
 * entry. A unified image holds the command line itself.
 */
export function entryFiles(entry: LoaderEntry, options: Options): Tree {
  const { uki, tries } = options;
  if (uki) return [textEntry('command-line', entry.commandLine), ...variantFiles(entry, options)];
  const path = `esp/loader/entries/${entry.token}-${entry.kernel}+${tries}.conf`;
  return [textEntry(path, renderLoaderEntry(entry)), ...variantFiles(entry, options)];
}

/** Entries behind the first, which are never counted and never start unasked. */
function variantFiles(entry: LoaderEntry, options: Options): TreeEntry[] {
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
