import { join } from 'node:path';
import {
  aptFiles,
  essential,
  explainApt,
  parseRecords,
  parseReleaseDate,
  parseSimulation,
} from '../distros/debian/apt.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import { listFiles, readText } from '../host/fs/files.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { IngotError } from '../model/errors.ts';
import type { Lock, LockedPackage } from '../model/types.ts';

export interface PackageQuestion {
  /** Lists of names; each is answered by itself, against the same Release. */
  questions: string[][];
  suite: string;
  mirror: string;
  /** Folder for apt's private state; `root` is the same folder as apt sees it. */
  folder: string;
  root: string;
  /** Path of the archive's keyring as apt sees it. */
  keyring: string;
  /** Runs a command and returns its standard output. */
  run: (command: string[]) => Promise<string>;
}

/** The suite's Release file, its signature verified. */
export type Release = Omit<Lock['release'], 'keyring'>;

/** Asks apt which packages, in which versions, names mean against the suite's signed Release; one answer per list. */
export async function resolvePackages(
  question: PackageQuestion,
): Promise<{ release: Release; answers: LockedPackage[][] }> {
  const { questions, suite, folder, root, run } = question;
  await writeFiles(folder, aptFiles(question));
  const apt = (command: string[]) =>
    run(['env', 'LC_ALL=C.UTF-8', `APT_CONFIG=${root}/apt.conf`, ...command]).catch((error) => {
      throw explainApt(error, suite);
    });
  // Without this, apt-get update calls a missing index a warning and goes on with what it has.
  await apt(['apt-get', '-o', 'APT::Update::Error-Mode=any', '--quiet', 'update']);
  const answers: LockedPackage[][] = [];
  for (const names of questions) answers.push(await answer(apt, names));
  return { release: await readRelease(folder), answers };
}

async function answer(
  apt: (command: string[]) => Promise<string>,
  names: string[],
): Promise<LockedPackage[]> {
  const install = ['apt-get', '--quiet', '--simulate', '--no-remove', 'install', essential, ...names];
  const chosen = parseSimulation(await apt(install));
  const packages = parseRecords(await apt(['apt-cache', 'show', ...chosen]));
  if (packages.length === chosen.length) return packages;
  throw new IngotError('INTERNAL', `apt described ${packages.length} of ${chosen.length} packages`);
}

async function readRelease(folder: string): Promise<Release> {
  const lists = join(folder, 'state/lists');
  const name = (await listFiles(lists)).find((file) => file.endsWith('_InRelease'));
  if (!name)
    throw new IngotError('SIGNATURE_INVALID', 'the mirror has no InRelease file', {
      hint: 'check INGOT_DEBIAN_MIRROR',
    });
  const text = await readText(join(lists, name));
  return { date: parseReleaseDate(text), sha256: sha256(text) };
}
