import { parseKernelOptions } from '../formats/boot/kernel-options.ts';
import { type InstalledPackage, parseDpkgStatus } from '../formats/debian/dpkg-status.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import { listFiles } from '../host/fs/files.ts';
import { readWithin } from '../host/fs/read-within.ts';
import type { Store } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
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
    const root = await extractRoot(image, place, ['var/lib/dpkg', 'boot']);
    return contentsOf(root, await hashModels(image, place));
  });
}

/** What the tree of a root says of itself, and its models. */
export async function contentsOf(root: string, models: ImageContents['models']): Promise<ImageContents> {
  const status = await readWithin(root, 'var/lib/dpkg/status');
  if (!status) throw new IngotError('INPUT_INVALID', 'the image has no package database');
  return { packages: parseDpkgStatus(String(status)), kernel: await kernelOf(root), models };
}

async function kernelOf(root: string): Promise<ImageContents['kernel']> {
  const name = (await listFiles(`${root}/boot`)).find((file) => file.startsWith('config-'));
  if (!name) return undefined;
  const config = String(await readWithin(root, `boot/${name}`));
  return { path: `/boot/${name}`, sha256: sha256(config), options: parseKernelOptions(config) };
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
