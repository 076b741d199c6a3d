import { join } from 'node:path';
import { sha256 } from '../formats/text/canonical-json.ts';
import { exists, listFiles, readText } from '../host/fs/files.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { proxyFor } from '../host/net/proxy.ts';
import { trustedAuthorities } from '../host/net/trust.ts';
import type { Asked, Distro, Resolver, ResolverPlace } from '../model/distro.ts';
import { IngotError } from '../model/errors.ts';
import type { Lock, LockedPackage } from '../model/lock.ts';
import { unknownPackagesError } from './unknown-packages.ts';

export interface PackageQuestion {
  distro: Distro;
  /** Lists of names; each is answered by itself, against the same index. */
  questions: string[][];
  /** Who asks for a package, as errors call it. */
  askedBy: (name: string) => string;
  base: string;
  /** Parts of the archive that are asked. */
  components: string[];
  mirror: ResolverPlace['mirror'];
  /** The mirror as errors call it. */
  mirrorName: string;
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
  const { distro, questions, base, components, folder, root, mirror, mirrorName } = question;
  const { resolver, keyring } = distro;
  if (!(await exists(keyring.path)))
    throw new IngotError('HOST_TOOL_MISSING', `${keyring.path}, which ${base} is verified by, is missing`, {
      hint: `npm run setup, or install the package ${keyring.package}`,
    });
  const proxy = 'url' in mirror ? proxyFor(mirror.url) : undefined;
  const archive = { mirror, base, components, keyring: keyring.path };
  const place = { root, ...archive, certificates: trustedAuthorities() };
  await writeFiles(folder, resolver.files({ ...place, proxy: proxy?.url }));
  const asked: Asked = { base, mirror: mirrorName, proxy: proxy?.shown };
  const run = (command: string[]) =>
    question.run(command).catch((error) => {
      throw resolver.explain(error, asked);
    });
  await run(resolver.update(root));
  const release = await readRelease(folder, distro);
  assertComponents(release.text, question);
  const answers: LockedPackage[][] = [];
  for (const names of questions) {
    const choice = question.run(resolver.choose(root, names)).catch(async (error) => {
      const unknown = resolver.unknown(error);
      if (!unknown.length) throw resolver.explain(error, asked);
      const known = (await run(resolver.names(root))).split('\n');
      throw unknownPackagesError(unknown, { ...question, known });
    });
    const chosen = resolver.chosen(await choice);
    const packages = resolver.packages(await run(resolver.describe(root, chosen)));
    if (packages.length !== chosen.length)
      throw new IngotError('INTERNAL', `${packages.length} of ${chosen.length} packages were described`);
    answers.push(packages);
  }
  const { date } = resolver.release;
  return { release: { date: date(release.text), sha256: sha256(release.text) }, answers };
}

async function readRelease(folder: string, { resolver, mirrors }: Distro): Promise<{ text: string }> {
  const { folder: lists, suffix }: Resolver['release'] = resolver.release;
  const name = (await listFiles(join(folder, lists))).find((file) => file.endsWith(suffix));
  if (!name)
    throw new IngotError('SIGNATURE_INVALID', `the mirror has no ${suffix.replace(/^_/, '')} file`, {
      hint: `check ${mirrors.variable}`,
    });
  return { text: await readText(join(folder, lists, name)) };
}

/** Of a part that is not there, the package manager only warns. */
function assertComponents(text: string, { distro, base, components, mirrorName }: PackageQuestion): void {
  const there = distro.resolver.release.components(text);
  const lacked = components.filter((component) => !there.includes(component));
  if (!lacked.length) return;
  throw new IngotError(
    'PACKAGE_UNKNOWN',
    `${mirrorName} has no component ${lacked.join(', ')} of ${base}, only ${there.join(', ')}`,
    {
      hint: `name another mirror with --mirror or ${distro.mirrors.variable}, or take it out of components in the recipe`,
    },
  );
}
