import { join } from 'node:path';
import { listFiles } from '../host/fs/files.ts';
import type { KernelPaths } from '../model/distro.ts';

/** A kernel of a root; paths are relative to the root. */
export interface Kernel extends KernelPaths {
  /** As `uname -r` says it. */
  release: string;
}

/** The kernels of a root whose image is there, in the order of their releases. */
export async function findKernels(root: string, paths: KernelPaths): Promise<Kernel[]> {
  const [before, after] = paths.image.split('*') as [string, string];
  const folder = before.slice(0, before.lastIndexOf('/') + 1);
  const files = (await listFiles(join(root, folder))).map((name) => folder + name);
  return files
    .filter((path) => path.startsWith(before) && path.endsWith(after))
    .map((path) => path.slice(before.length, path.length - after.length))
    .filter((release) => release && !release.includes('/'))
    .sort()
    .map((release) => kernelOf(release, paths));
}

function kernelOf(release: string, { image, initramfs, config, package: name }: KernelPaths): Kernel {
  const placed = (pattern: string) => pattern.replace('*', release);
  return {
    release,
    image: placed(image),
    initramfs: placed(initramfs),
    config: placed(config),
    package: placed(name),
  };
}
