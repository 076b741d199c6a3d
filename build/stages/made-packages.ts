import { join } from 'node:path';
import { readJson } from '../host/fs/files.ts';
import type { LockedPackage } from '../model/lock.ts';

/** What a stage that makes packages leaves: their files in a folder, and what a lock would say of each. */
export const madeFolder = 'packages';
export const madeList = 'packages.json';

export type MadePackage = LockedPackage & { purl: string };

/** The packages that a stage made; none where there is no such stage. */
export async function madePackages(stage: string | undefined): Promise<MadePackage[]> {
  return stage ? readJson<MadePackage[]>(join(stage, madeList)) : [];
}

/** Their files. */
export async function madeFiles(stage: string | undefined): Promise<string[]> {
  return (await madePackages(stage)).map(({ path }) => join(stage!, madeFolder, path));
}
