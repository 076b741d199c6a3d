import { basename, dirname, join } from 'node:path';
import { allDistros } from '../distros/find.ts';
import { parseKernelOptions } from '../formats/boot/kernel-options.ts';
import { type InstalledPackage, parseInstalled } from '../formats/packages/installed.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import { exists } from '../host/fs/files.ts';
import { readWithin } from '../host/fs/read-within.ts';
import type { Store } from '../host/store/store.ts';
import type { Distro } from '../model/distro.ts';
import { IngotError } from '../model/errors.ts';
import { readProgram } from '../project/programs.ts';
import { findKernels } from '../stages/kernels.ts';
import { placeProgram } from '../stages/program.ts';
import { extractRoot } from './extract-root.ts';
import { type OpenImage, type Workplace, withOpenImage } from './open-image.ts';

/** What a finished image says of itself when it is opened: nothing here comes from the files beside it. */
export interface ImageContents {
  packages: InstalledPackage[];
  kernel?: { path: string; sha256: string; options: [name: string, value: string][] };
  /** SHA-256 by name. */
  models: Map<string, string>;
}

/** Opens an artifact of any format with the tools tree, and takes out only what tells of its contents. */
export async function readImageContents(
  artifact: string,
  context: { tools: string; store: Store },
): Promise<ImageContents> {
  return withOpenImage(artifact, context, async (image, place) => {
    const folders = allDistros.flatMap(({ packageDatabase, kernel }) => [
      packageDatabase,
      dirname(kernel.config),
    ]);
    const root = await extractRoot(image, place, folders);
    return contentsOf(root, await hashModels(image, place), place);
  });
}

/** What the tree of a root, which is in the workplace, says of itself, and its models. */
export async function contentsOf(
  root: string,
  models: ImageContents['models'],
  place: Workplace,
): Promise<ImageContents> {
  const distro = await distroIn(root);
  const list = await placeProgram(await readProgram(distro.programs.listInstalled), place.work);
  const listing = await place.inside([...list.runAt('/scratch/program'), `/scratch/${basename(root)}`]);
  return { packages: parseInstalled(listing), kernel: await kernelIn(root, distro), models };
}

async function distroIn(root: string): Promise<Distro> {
  for (const distro of allDistros) if (await exists(join(root, distro.packageDatabase))) return distro;
  throw new IngotError('INPUT_INVALID', 'the image has no package database');
}

async function kernelIn(root: string, distro: Distro): Promise<ImageContents['kernel']> {
  const [kernel] = await findKernels(root, distro.kernel);
  const found = kernel && (await readWithin(root, kernel.config));
  if (!found) return undefined;
  const config = String(found);
  return { path: `/${kernel.config}`, sha256: sha256(config), options: parseKernelOptions(config) };
}

/** SHA-256 of every model in the models' file system, by name. */
export async function hashModels(
  { models: { file, offset } }: Pick<OpenImage, 'models'>,
  { inside }: Workplace,
): Promise<Map<string, string>> {
  const dump = ['dump.erofs', `--offset=${offset}`];
  const listing = await inside([...dump, '--ls', '--path=/', file]);
  const names = [...listing.matchAll(/^ *\d+ +1 +(\S+)\.gguf$/gm)].map(([, name]) => name!);
  const hashes = new Map<string, string>();
  for (const name of names) {
    const cat = [...dump, '--cat', `--path=/${name}.gguf`, file];
    const sum = await inside(['sh', '-euc', '"$@" | sha256sum', 'sum', ...cat]);
    hashes.set(name, sum.slice(0, 64));
  }
  return hashes;
}
