import type { ModelRole, ModelUse } from './types.ts';

/** A model as the machine serves it. */
export interface ServedModel {
  /** In the API. */
  name: string;
  role: ModelRole;
  /** On the image. */
  path: string;
}

/** What a machine serves of its recipe's models. */
export function servedModels(models: ModelUse[]): ServedModel[] {
  return models.map(({ name, role = 'chat' }) => ({
    name,
    role,
    path: `/usr/share/ai/models/${name}.gguf`,
  }));
}
