import { resolve } from 'node:path';
import { sha256 } from '../formats/canonical-json.ts';
import { type InstalledPackage, parseDpkgStatus } from '../formats/dpkg-status.ts';
import { parseIsoExtents } from '../formats/iso-extents.ts';
import { parseKernelOptions } from '../formats/kernel-options.ts';
import { listFiles } from '../host/files.ts';
import { readWithin } from '../host/read-within.ts';
import { runInside } from '../host/sandbox.ts';
import { type Store, withTemporary } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import type { ArtifactRecord } from '../model/types.ts';

/** What a finished image says of itself when it is opened: nothing here comes from the files beside it. */
export interface ImageContents {
  packages: InstalledPackage[];
  kernel?: { path: string; sha256: string; options: [name: string, value: string][] };
  /** SHA-256 by name. */
  models: Map<string, string>;
}

type Inside = (command: string[]) => Promise<string>;

/** Opens an artifact with the tools tree, without mounting it or copying it. */
export async function readImageContents(
  artifact: string,
  record: Pick<ArtifactRecord, 'format'>,
  { tools, store }: { tools: string; store: Store },
): Promise<ImageContents> {
  return withTemporary(store, async (work) => {
    const inputs = { '/inputs/artifact': resolve(artifact) };
    const inside: Inside = (command) => runInside({ tools, work, inputs, sourceDateEpoch: 1 }, command);
    const { root, models } = await locate[record.format](inside);
    const offset = ['-offset', String(root)];
    const wanted = ['var/lib/dpkg/status', 'boot/config-*'];
    await inside([
      'unsquashfs',
      '-quiet',
      '-no-progress',
      ...offset,
      '-dest',
      'root',
      '/inputs/artifact',
      ...wanted,
    ]);
    return {
      packages: parseDpkgStatus(String(await readWithin(`${work}/root`, 'var/lib/dpkg/status'))),
      kernel: await kernelOf(`${work}/root`),
      models: await hashModels(inside, models),
    };
  });
}

/** Where in an artifact the root's squashfs and the models' erofs begin, in bytes. */
const locate: {
  [format in ArtifactRecord['format']]: (inside: Inside) => Promise<{ root: number; models: number }>;
} = {
  iso: async (inside) => {
    const report = 'xorriso -indev stdio:/inputs/artifact -find / -type f -exec report_lba -- 2>/dev/null';
    const extents = parseIsoExtents(await inside(['sh', '-euc', report]));
    const start = (path: string) => {
      const found = extents.get(path);
      if (found !== undefined) return found;
      throw new IngotError('INPUT_INVALID', `the image has no ${path}`);
    };
    return { root: start('/live/filesystem.squashfs'), models: start('/models/models.erofs') };
  },
};

async function kernelOf(root: string): Promise<ImageContents['kernel']> {
  const [name] = await listFiles(`${root}/boot`);
  if (!name) return undefined;
  const config = String(await readWithin(root, `boot/${name}`));
  return { path: `/boot/${name}`, sha256: sha256(config), options: parseKernelOptions(config) };
}

async function hashModels(inside: Inside, at: number): Promise<Map<string, string>> {
  const dump = ['dump.erofs', `--offset=${at}`];
  const listing = await inside([...dump, '--ls', '--path=/', '/inputs/artifact']);
  const names = [...listing.matchAll(/^ *\d+ +1 +(\S+)\.gguf$/gm)].map(([, name]) => name!);
  const hashes = new Map<string, string>();
  for (const name of names) {
    const cat = [...dump, '--cat', `--path=/${name}.gguf`, '/inputs/artifact'];
    const sum = await inside(['sh', '-euc', '"$@" | sha256sum', 'sum', ...cat]);
    hashes.set(name, sum.slice(0, 64));
  }
  return hashes;
}
