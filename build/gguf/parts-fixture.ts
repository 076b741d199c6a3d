import { contentOf, type TinyModel } from './tiny-models.ts';
import type { GgufContent, GgufValue } from './write.ts';

/** Test input: a model in parts as llama-gguf-split makes them, cut before these tensors. */
export function inParts(model: TinyModel, cuts: number[]): GgufContent[] {
  const { metadata, tensors } = contentOf(model);
  const bounds = [0, ...cuts, tensors.length];
  return bounds.slice(1).map((end, no) => {
    const split: [string, GgufValue][] = [
      ['split.no', { type: 'uint16', value: no }],
      ['split.count', { type: 'uint16', value: cuts.length + 1 }],
      ['split.tensors.count', { type: 'int32', value: tensors.length }],
    ];
    return { metadata: no ? split : [...metadata, ...split], tensors: tensors.slice(bounds[no], end) };
  });
}
