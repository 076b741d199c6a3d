import { join } from 'node:path';
import { sha256 } from '../formats/text/canonical-json.ts';
import { listFiles, readText } from '../host/fs/files.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import type { Distro, Resolver, ResolverPlace } from '../model/distro.ts';
import { IngotError } from '../model/errors.ts';
import type { Lock, LockedPackage } from '../model/lock.ts';

export interface PackageQuestion {
  distro: Distro;
  /** Lists of names; each is answered by itself, against the same index. */
  questions: string[][];
  base: string;
  mirror: ResolverPlace['mirror'];
  /**
   * Folder for the package manager's private state; `root` is the same folder as the package manager sees it.
   */
  folder: string;
  root: string;
  /** Runs a command and returns its standard output. */
  run: (command: string[]) => Promise<string>;
}

/** The archive's signed index, its signature verified. */
export type Release = Omit<Lock['release'], 'keyring'>;

/**
 * Asks which packages, in which versions, names mean against the archive's signed index; one answer per list.
 */
export async function resolvePackages(
  question: PackageQuestion,
): Promise<{ release: Release; answers: LockedPackage[][] }> {
  const { distro, questions, base, folder, root, mirror } = question;
  const { resolver, keyring } = distro;
  await writeFiles(folder, resolver.files({ root, mirror, base, keyring }));
  const run = (command: string[]) =>
    question.run(command).catch((error) => {
      throw resolver.explain(error, base);
    });
  await run(resolver.update(root));
  const answers: LockedPackage[][] = [];
  for (const names of questions) {
    const chosen = resolver.chosen(await run(resolver.choose(root, names)));
    const packages = resolver.packages(await run(resolver.describe(root, chosen)));
    if (packages.length !== chosen.length)
      throw new IngotError('INTERNAL', `${packages.length} of ${chosen.length} packages were described`);
    answers.push(packages);
  }
  return { release: await readRelease(folder, distro), answers };
}

async function readRelease(folder: string, { resolver, mirrors }: Distro): Promise<Release> {
  const { folder: lists, suffix, date }: Resolver['release'] = resolver.release;
  const name = (await listFiles(join(folder, lists))).find((file) => file.endsWith(suffix));
  if (!name)
    throw new IngotError('SIGNATURE_INVALID', `the mirror has no ${suffix.replace(/^_/, '')} file`, {
      hint: `check ${mirrors.variable}`,
    });
  const text = await readText(join(folder, lists, name));
  return { date: date(text), sha256: sha256(text) };
}
