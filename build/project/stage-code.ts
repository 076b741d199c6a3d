import { dirname, join } from 'node:path';
import { sha256 } from '../formats/text/canonical-json.ts';
import { readText, repository } from '../host/fs/files.ts';
import { stageTypes } from '../model/types.ts';
import type { StageCode } from '../resolve/stage.ts';

/**
 * A hash per stage of its source and of all that it imports, so that an edited stage is run again without anybody's
 * help. Left out are imports of types alone and `build/model`, which holds types and the words of errors.
 */
export async function readStageCode(): Promise<StageCode> {
  const texts = new Map<string, Promise<string>>();
  const entries = stageTypes.map(async (type) => {
    const files = new Set<string>();
    await follow(join(repository, 'build/stages', `${type}.ts`), files, texts);
    const sources = await Promise.all([...files].sort().map((file) => texts.get(file)!));
    return [type, sha256(sources)] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as StageCode;
}

async function follow(file: string, seen: Set<string>, texts: Map<string, Promise<string>>): Promise<void> {
  if (seen.has(file) || file.includes('/build/model/')) return;
  seen.add(file);
  if (!texts.has(file)) texts.set(file, readText(file));
  const text = await texts.get(file)!;
  // Imports of the project's own modules, and files that a module names beside itself.
  const found = text.matchAll(
    /^import (?!type)[^;]*?from '(\.[^']+)'|new URL\('([^']+)', import\.meta\.url\)/gm,
  );
  for (const [, module, beside] of found) {
    const next = join(dirname(file), (module ?? beside)!);
    if (!next.endsWith('/')) await follow(next, seen, texts);
  }
}
