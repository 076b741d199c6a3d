import { dirname, join } from 'node:path';
import { allBackends } from '../backends/find.ts';
import { allDistros } from '../distros/find.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import { listFiles, readText, repository } from '../host/fs/files.ts';
import { programRoles } from '../model/distro.ts';
import { type StageType, stageTypes } from '../model/types.ts';
import type { StageCode } from '../resolve/stage.ts';
import { readProgram } from './programs.ts';

/** What stages run: their own code as hashes, and as text the programs that they find in their options. */
export async function readStageCode(): Promise<StageCode> {
  const [hashes, distros, backends] = await Promise.all([stageHashes(), distroPrograms(), backendPrograms()]);
  return { ...hashes, distros, backends };
}

async function distroPrograms(): Promise<StageCode['distros']> {
  const each = allDistros.map(async ({ name, programs }) => {
    const read = programRoles.map(async (role) => [role, await readProgram(programs[role])] as const);
    const checks = await hashOf(`distros/${name}/hygiene/checks.ts`, new Map());
    return [name, { ...Object.fromEntries(await Promise.all(read)), checks }] as const;
  });
  return Object.fromEntries(await Promise.all(each)) as StageCode['distros'];
}

async function backendPrograms(): Promise<StageCode['backends']> {
  const own = allBackends.flatMap(({ name, program }) => (program ? [{ name, program }] : []));
  const each = own.map(async ({ name, program }) => [name, await readProgram(program)] as const);
  return Object.fromEntries(await Promise.all(each));
}

async function stageHashes(): Promise<{ [type in StageType]: string }> {
  const texts = new Map<string, Promise<string>>();
  const entries = stageTypes.map(async (type) => [type, await hashOf(`stages/${type}.ts`, texts)] as const);
  return Object.fromEntries(await Promise.all(entries)) as { [type in StageType]: string };
}

/**
 * A hash of a module's source and of all that it imports, so that an edited stage is run again without
 * anybody's help. Left out are imports of types alone, `build/model`, which holds types and the words of
 * errors, and what a distribution gives to stages by their options.
 */
async function hashOf(module: string, texts: Map<string, Promise<string>>): Promise<string> {
  const files = new Set<string>();
  await follow(join(repository, 'build', module), files, texts);
  const sources = await Promise.all([...files].sort().map((file) => texts.get(file)!));
  return sha256(sources);
}

async function follow(file: string, seen: Set<string>, texts: Map<string, Promise<string>>): Promise<void> {
  if (seen.has(file) || file.includes('/build/model/')) return;
  seen.add(file);
  if (!texts.has(file)) texts.set(file, readText(file));
  const text = await texts.get(file)!;
  if (file === join(repository, 'build/distros/checks.ts')) return;
  // Imports of the project's own modules, and files and folders that a module names beside itself.
  const found = text.matchAll(
    /^import (?!type)[^;]*?from '(\.[^']+)'|new URL\('([^']+)', import\.meta\.url\)/gm,
  );
  for (const [, module, beside] of found) {
    const next = join(dirname(file), (module ?? beside)!);
    if (!next.endsWith('/')) await follow(next, seen, texts);
    else if (!beside!.startsWith('.'))
      for (const name of await listFiles(next)) await follow(join(next, name), seen, texts);
  }
}
