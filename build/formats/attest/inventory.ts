import { IngotError } from '../../model/errors.ts';
import type { LockedPackage } from '../../model/lock.ts';
import { type InstalledPackage, packageKey } from '../packages/installed.ts';
import { hubUrl } from '../text/model-hub.ts';

/**
 * What is in a finished image: the common ground of its SBOMs, sorted, and free of the machine that built it.
 */
export interface Inventory {
  /** Version of Ingot. */
  ingot: string;
  sourceDateEpoch: number;
  /** Who built the packages. */
  distribution: string;
  /** Where a package states its licences on the image; `*` stands for the package's name. */
  copyright: string;
  artifact: { file: string; name: string; version: string; sha256: string };
  packages: PackageFacts[];
  models: ModelFacts[];
  kernel?: KernelFacts;
}

/** A locked package with the name by which the world knows it. */
export type NamedPackage = LockedPackage & { purl: string };

export interface PackageFacts extends InstalledPackage {
  purl: string;
  sha256: string;
  /** Of the package's file, relative to the archive's root. */
  path: string;
  /** SPDX expression. */
  licence?: string;
}

export interface ModelFacts {
  name: string;
  /** `builtin:smoke`, a URL, or the name of a local file. */
  source: string;
  /** Commit of the model's repository. */
  revision?: string;
  size: number;
  sha256: string;
  architecture: string;
  parameters: number;
  /** llama.cpp's name of the mix of tensor types, such as Q4_K_M. */
  quantisation?: string;
  contextLength?: number;
  /** SPDX expression. */
  licence?: string;
}

export interface KernelFacts {
  /** As `uname -r` says it. */
  release: string;
  /** Name of the package that brought it. */
  package: string;
  config: { path: string; sha1: string; sha256: string; options: [name: string, value: string][] };
}

/** The package database joined with the lock, which knows where each package came from. */
export function joinPackages(
  installed: InstalledPackage[],
  locked: NamedPackage[],
  licences: Map<string, string | undefined>,
): PackageFacts[] {
  const byKey = new Map(locked.map((p) => [packageKey(p), p]));
  return installed.map((p) => {
    const from = byKey.get(packageKey(p));
    if (from?.version !== p.version)
      throw new IngotError('INTERNAL', `${packageKey(p)} ${p.version} is installed but not in the lock`);
    const { sha256, path, purl } = from;
    const licence = licences.get(p.name);
    return { ...p, purl, sha256, path, ...(licence ? { licence } : {}) };
  });
}

/** Who built a package: the distribution, or the build of the image itself. */
export function builderOf({ purl }: Pick<PackageFacts, 'purl'>, distribution: string): string {
  return purl.split('/')[1] === 'ingot' ? 'Ingot' : distribution;
}

/** A model's source without what only concerns the machine that built: folders and credentials. */
export function publicSource(from: string): string {
  const source = hubUrl(from);
  if (source.startsWith('builtin:')) return source;
  if (!/^https?:/.test(source)) return source.split('/').at(-1)!;
  const url = new URL(source);
  url.username = '';
  url.password = '';
  return url.href;
}
