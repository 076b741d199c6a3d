import type { ModelRole } from '../model/models.ts';
import { synthesiseSmokeEmbedding } from './smoke-embedding.ts';
import { synthesiseSmokeModel } from './synthesise.ts';

interface BuiltinModel {
  role: ModelRole;
  make: () => Iterable<Uint8Array>;
}

/** Models that need no download, by their source. */
const builtinModels: ReadonlyMap<string, BuiltinModel> = new Map([
  ['builtin:smoke', { role: 'chat', make: synthesiseSmokeModel }],
  ['builtin:smoke-embedding', { role: 'embed', make: synthesiseSmokeEmbedding }],
]);

export const builtinSources = [...builtinModels.keys()];

export function builtinModel(source: string): BuiltinModel | undefined {
  return builtinModels.get(source);
}
