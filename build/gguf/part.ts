import type { Value } from './metadata.ts';

const projector = 'a projector of images or sound (mmproj)';
const draft = 'a draft for speculative decoding';

/** Files in the form of a model that go beside one, by what they say of themselves. */
const byType: ReadonlyMap<string, string> = new Map([
  ['adapter', 'a LoRA adapter'],
  ['mmproj', projector],
  ['imatrix', 'an importance matrix, for quantising'],
  ['vocab', 'a vocabulary'],
  ['dataset', 'a data set'],
]);
/** By `general.architecture`, where the file says no more. Source: llama.cpp's LLM_ARCH_NAMES. */
const byArchitecture: ReadonlyMap<string, string> = new Map([
  ['clip', projector],
  ['eagle3', draft],
  ['dflash', draft],
  ['gemma4-assistant', `${draft} (MTP)`],
  ['imatrix', 'an importance matrix, for quantising'],
  ['controlvector', 'a control vector'],
  ['wavtokenizer-dec', 'a decoder of sound'],
]);
/** Layers that guess further tokens (MTP), by the names that converters give to their tensors. */
const draftTensors = /(^|\.)(mtp|nextn)\./;

/** What a file is that can be used with a model only; undefined for a model. */
export function partOf(metadata: Map<string, Value>): string | undefined {
  const text = (key: string) => metadata.get(key)?.text ?? '';
  return byType.get(text('general.type')) ?? byArchitecture.get(text('general.architecture'));
}

export function isOfDraft(tensor: string): boolean {
  return draftTensors.test(tensor);
}
