import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type Inventory,
  joinPackages,
  type KernelFacts,
  type NamedPackage,
} from '../formats/attest/inventory.ts';
import { licenceOfCopyright } from '../formats/attest/licence.ts';
import { parseKernelOptions } from '../formats/boot/kernel-options.ts';
import { parseInstalled } from '../formats/packages/installed.ts';
import { mapLimited } from '../host/fs/files.ts';
import { readWithin } from '../host/fs/read-within.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { runInside } from '../host/run/sandbox.ts';
import type { KernelPaths, Program } from '../model/distro.ts';
import type { StageContext } from './context.ts';
import { findKernels } from './kernels.ts';
import { madePackages } from './made-packages.ts';
import { placeProgram } from './program.ts';

const parallelReads = 16;

export type RootInventory = Pick<Inventory, 'packages' | 'kernel'>;

/** What the stage leaves, as JSON. */
export const inventoryFile = 'inventory.json';

/**
 * Packages and kernel of the finished root, with what the lock knows of them: what all its images have in
 * common.
 */
export async function inventoryStage({ options, ...context }: StageContext): Promise<void> {
  const { inputs, output, scratch, sourceDateEpoch } = context;
  const root = join(inputs.root!, 'root');
  const list = await placeProgram(options.listInstalled as unknown as Program, scratch);
  const sandbox = {
    tools: inputs.tools!,
    work: scratch,
    inputs: { '/inputs/root': root, '/inputs/program': list.folder },
    sourceDateEpoch,
  };
  const listing = await runInside(sandbox, [...list.runAt('/inputs/program'), '/inputs/root']);
  const installed = parseInstalled(listing);
  const licences = await mapLimited(installed, parallelReads, async ({ name }) => {
    const copyright = await readWithin(root, String(options.copyright).replace('*', name));
    return [name, copyright && licenceOfCopyright(String(copyright))] as const;
  });
  const locked = [...(options.packages as unknown as NamedPackage[]), ...(await madePackages(inputs.kernel))];
  const inventory: RootInventory = {
    packages: joinPackages(installed, locked, new Map(licences)),
    kernel: await kernelFacts(root, options.kernel as unknown as KernelPaths),
  };
  await writeFiles(output, { [inventoryFile]: JSON.stringify(inventory) });
}

async function kernelFacts(root: string, paths: KernelPaths): Promise<KernelFacts | undefined> {
  const [kernel] = await findKernels(root, paths);
  const content = kernel && (await readWithin(root, kernel.config));
  if (!content) return undefined;
  const hash = (algorithm: string) => createHash(algorithm).update(content).digest('hex');
  return {
    release: kernel.release,
    package: kernel.package,
    config: {
      path: `/${kernel.config}`,
      sha1: hash('sha1'),
      sha256: hash('sha256'),
      options: parseKernelOptions(String(content)),
    },
  };
}
