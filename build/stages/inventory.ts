import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parseDpkgStatus } from '../formats/dpkg-status.ts';
import {
  type Inventory,
  joinPackages,
  type KernelFacts,
  type ModelFacts,
  publicSource,
} from '../formats/inventory.ts';
import { parseKernelOptions } from '../formats/kernel-options.ts';
import { licenceNamed, licenceOfCopyright } from '../formats/licence.ts';
import { fileTypeName } from '../gguf/file-types.ts';
import type { GgufSummary } from '../gguf/validate.ts';
import { listFiles, mapLimited } from '../host/files.ts';
import { readWithin } from '../host/read-within.ts';
import type { LockedModel, LockedPackage } from '../model/types.ts';

const parallelReads = 16;

/** Packages and kernel of a finished root, with what the lock knows of them. */
export async function inventoryOfRoot(
  root: string,
  lock: { packages: LockedPackage[]; suite: string },
): Promise<Pick<Inventory, 'packages' | 'kernel'>> {
  const status = await readWithin(root, 'var/lib/dpkg/status');
  const installed = parseDpkgStatus(String(status ?? ''));
  const licences = await mapLimited(installed, parallelReads, async ({ name }) => {
    const copyright = await readWithin(root, `usr/share/doc/${name}/copyright`);
    return [name, copyright && licenceOfCopyright(String(copyright))] as const;
  });
  const facts = { suite: lock.suite, licences: new Map(licences) };
  return { packages: joinPackages(installed, lock.packages, facts), kernel: await kernelOf(root) };
}

/** Models as the lock pins them, with what their own headers say. */
export function describeModels(
  models: LockedModel[],
  headers: { [name: string]: GgufSummary },
): ModelFacts[] {
  return models
    .map(({ name, source, revision, size, sha256 }) => {
      const { architecture, parameters, fileType, contextLength, licence } = headers[name]!;
      const quantisation = fileTypeName(fileType);
      return {
        name,
        source: publicSource(source),
        ...(revision ? { revision } : {}),
        size,
        sha256,
        architecture,
        parameters,
        ...(quantisation ? { quantisation } : {}),
        ...(contextLength ? { contextLength } : {}),
        ...(licence ? { licence: licenceNamed(licence) } : {}),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
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
