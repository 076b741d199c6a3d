import { add, type TinyModel, text, tinyChat } from '../../gguf/tiny-models.ts';
import type { GgufValue } from '../../gguf/write.ts';

/** A chat model with one thing changed, each time anew. */
export function changed(change: (model: TinyModel) => unknown): () => TinyModel {
  return () => {
    const model = tinyChat();
    change(model);
    return model;
  };
}

export function having(key: string, value: GgufValue): () => TinyModel {
  return changed(({ values }) => values.set(key, value));
}

export function shaped(shapes: { [name: string]: number[] }): () => TinyModel {
  return changed((model) => add(model, shapes));
}

/** The same tensors under the name of another architecture. */
export function architecture(name: string): () => TinyModel {
  return changed(({ values }) => {
    for (const [key, value] of [...values].filter(([key]) => key.startsWith('llama.'))) {
      values.delete(key);
      values.set(key.replace('llama', name), value);
    }
    values.set('general.architecture', text(name));
  });
}
