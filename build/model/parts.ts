import type { ModelUse } from './models.ts';

/** Which part of a model a file is. */
export interface PartName {
  /** What all its parts are called. */
  base: string;
  /** From 1. */
  number: number;
  count: number;
}

/** As llama.cpp names parts, and finds the others beside the first: `big-00001-of-00003`. */
const named = /^(.*)-(\d{5})-of-(\d{5})$/s;

/** What the name of a file without `.gguf` says of a part; undefined for a whole model. */
export function partName(name: string): PartName | undefined {
  const [, base, number, count] = named.exec(name) ?? [];
  return base === undefined ? undefined : { base, number: Number(number), count: Number(count) };
}

/** What the source of a model says of a part. */
export function partOfSource(source: string): PartName | undefined {
  return partName(/^([^?#]*)\.gguf([?#]|$)/is.exec(source)?.[1] ?? '');
}

/** A model whose source is the first of several parts as all of its parts, by their own names. */
export function partsOf(model: ModelUse): ModelUse[] {
  const first = partOfSource(model.source);
  if (!first) return [model];
  const { sha256, ...rest } = model;
  return Array.from({ length: first.count }, (_, index) => {
    const part = `${digits(index + 1)}-of-${digits(first.count)}`;
    return {
      ...rest,
      name: `${model.name}-${part}`,
      source: model.source.replace(/-\d{5}-of-\d{5}(?=\.gguf([?#]|$))/i, `-${part}`),
      // It is known of the first alone.
      ...(sha256 && index === 0 ? { sha256 } : {}),
    };
  });
}

function digits(number: number): string {
  return String(number).padStart(5, '0');
}
