import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readText } from '../host/fs/files.ts';
import { makeFolder } from '../host/fs/folders.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import type { Program } from '../model/distro.ts';
import type { LockedPackage } from '../model/lock.ts';

/**
 * Places a program that came in a stage's options below `scratch`. Returns its folder there, and the words
 * that run it where that folder is seen as `seenAs`.
 */
export async function placeProgram(
  { run, files }: Program,
  scratch: string,
): Promise<{ folder: string; runAt(seenAs: string): string[] }> {
  const folder = join(scratch, 'program');
  await makeFolder(folder);
  await writeFiles(folder, files);
  return { folder, runAt: (seenAs) => ['sh', join(seenAs, run)] };
}

/** The words that run one of a stage's own programs, whose file stands beside it, in a sandbox. */
export async function ownProgram(file: URL): Promise<string[]> {
  const path = fileURLToPath(file);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return ['sh', '-euc', await readText(path), name];
}

/** The folder of a stage's own programs, which call each other, to be seen in a sandbox. */
export function ownPrograms(folder: URL): string {
  return fileURLToPath(folder);
}

/** What a distribution's programs read of the packages to install: a name and a version a line. */
export function packageList(packages: LockedPackage[]): string {
  return packages.map(({ name, version }) => `${name} ${version}\n`).join('');
}
