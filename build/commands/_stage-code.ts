import { join } from 'node:path';
import { sha256 } from '../formats/canonical-json.ts';
import { readText, repository } from '../host/files.ts';
import type { StageType } from '../model/types.ts';
import type { StageCode } from '../resolve/stage.ts';

/** Files beside its own that a stage's result depends on. */
const shared = ['host/sandbox.ts', 'host/enter-sandbox.sh', 'host/tar.ts', 'distros/debian/mmdebstrap.ts'];
const files: { [type in StageType]: string[] } = {
  fetch: ['stages/fetch.ts'],
  repo: ['stages/repo.ts'],
  tools: ['stages/tools.ts', 'stages/repo.ts', ...shared],
  packages: ['stages/packages.ts', ...shared],
  root: ['stages/root.ts', ...shared],
  models: [
    'stages/models.ts',
    'gguf/synthesise.ts',
    'gguf/smoke-vocabulary.ts',
    'gguf/smoke-weights.ts',
    'gguf/write.ts',
  ],
  iso: ['stages/iso.ts', ...shared],
};

/** A hash per stage of the code that carries it out: an edited stage is run again, without anybody's help. */
export async function readStageCode(): Promise<StageCode> {
  const entries = Object.entries(files).map(async ([type, paths]) => {
    const texts = await Promise.all(paths.map((path) => readText(join(repository, 'build', path))));
    return [type, sha256(texts)] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as StageCode;
}
