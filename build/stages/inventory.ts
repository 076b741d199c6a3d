import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Inventory, joinPackages, type KernelFacts } from '../formats/attest/inventory.ts';
import { licenceOfCopyright } from '../formats/attest/licence.ts';
import { parseKernelOptions } from '../formats/boot/kernel-options.ts';
import { parseDpkgStatus } from '../formats/debian/dpkg-status.ts';
import { listFiles, mapLimited } from '../host/fs/files.ts';
import { readWithin } from '../host/fs/read-within.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import type { LockedPackage } from '../model/types.ts';
import type { StageContext } from './context.ts';

const parallelReads = 16;

/** Packages and kernel of the finished root, with what the lock knows of them: what all its images have in common. */
export async function inventoryStage({ inputs, options, output }: StageContext): Promise<void> {
  const root = join(inputs.root!, 'root');
  const lock = { packages: options.packages as unknown as LockedPackage[], suite: String(options.suite) };
  await writeFiles(output, { [inventoryFile]: JSON.stringify(await inventoryOf(root, lock)) });
}

export type RootInventory = Pick<Inventory, 'packages' | 'kernel'>;

/** What the stage leaves, as JSON. */
export const inventoryFile = 'inventory.json';

async function inventoryOf(
  root: string,
  lock: { packages: LockedPackage[]; suite: string },
): Promise<RootInventory> {
  const status = await readWithin(root, 'var/lib/dpkg/status');
  const installed = parseDpkgStatus(String(status ?? ''));
  const licences = await mapLimited(installed, parallelReads, async ({ name }) => {
    const copyright = await readWithin(root, `usr/share/doc/${name}/copyright`);
    return [name, copyright && licenceOfCopyright(String(copyright))] as const;
  });
  const facts = { suite: lock.suite, licences: new Map(licences) };
  return { packages: joinPackages(installed, lock.packages, facts), kernel: await kernelOf(root) };
}

async function kernelOf(root: string): Promise<KernelFacts | undefined> {
  const name = (await listFiles(join(root, 'boot'))).find((file) => file.startsWith('config-'));
  if (!name) return undefined;
  const content = (await readWithin(root, `boot/${name}`))!;
  const release = name.slice('config-'.length);
  const hash = (algorithm: string) => createHash(algorithm).update(content).digest('hex');
  return {
    release,
    package: `linux-image-${release}`,
    config: {
      path: `/boot/${name}`,
      sha1: hash('sha1'),
      sha256: hash('sha256'),
      options: parseKernelOptions(String(content)),
    },
  };
}
