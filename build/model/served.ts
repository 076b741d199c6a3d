import type { ModelRole, ModelUse } from './models.ts';
import { partName } from './parts.ts';

/** A model as the machine serves it. */
export interface ServedModel {
  /** In the API. */
  name: string;
  role: ModelRole;
  /** On the image. */
  path: string;
}

/** What a machine serves of its recipe's models; one in parts is served by the first. */
export function servedModels(models: ModelUse[]): ServedModel[] {
  return models.flatMap(({ name, role = 'chat' }) => {
    const part = partName(name);
    if (part && part.number > 1) return [];
    return [{ name: part?.base ?? name, role, path: `/usr/share/ai/models/${name}.gguf` }];
  });
}
