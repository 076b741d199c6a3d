import { encoded, sourceOf, tinyContent } from '../gguf/fixture.ts';
import { type GgufSummary, validateGguf } from '../gguf/validate.ts';
import type { GgufContent } from '../gguf/write.ts';
import { mutatedContent } from './gguf-content.ts';
import { type PlainGguf, readPlainGguf } from './gguf-reader.ts';
import { type FuzzTarget, Violation } from './judge.ts';
import { type ByteSeed, mutateBytes } from './mutate-bytes.ts';

const seeds = seedFiles().map((bytes): ByteSeed => ({ bytes, fields: readPlainGguf(bytes).fields }));
const maxEntries = 65536;

/**
 * Whatever the validator lets through is read once more by a reader of its own, and must be sound there too.
 */
export const gguf: FuzzTarget = {
  name: 'gguf',
  input(random) {
    if (random.once(2)) return mutateBytes(random, seeds);
    const bytes = encoded(mutatedContent(random));
    return random.once(2) ? bytes : mutateBytes(random, [{ bytes, fields: readPlainGguf(bytes).fields }]);
  },
  async check(input) {
    const file = input as Buffer;
    const summary = await validateGguf(sourceOf(file), 'model mutant');
    mustBeSound(file, summary, readPlainGguf(file));
  },
  refuses: { code: 'MODEL_INVALID', message: /^model mutant: offset \d+: / },
};

function mustBeSound(file: Buffer, summary: GgufSummary, plain: PlainGguf): void {
  const { version, alignment, dataOffset, keys, tensors } = plain;
  const parameters = Number(tensors.reduce((sum, { elements }) => sum + elements, 0n));
  const found = { version, alignment, dataOffset, parameters, tensorCount: tensors.length };
  for (const [name, value] of Object.entries(found))
    must(summary[name as keyof GgufSummary] === value, `${name} is ${value}`);
  must(alignment >= 8 && Number.isInteger(Math.log2(alignment)), `alignment ${alignment}`);
  must(tensors.length > 0 && tensors.length <= maxEntries, `${tensors.length} tensors`);
  must(keys.length <= maxEntries, `${keys.length} keys`);
  for (const names of [keys, tensors.map(({ name }) => name)]) {
    must(new Set(names).size === names.length, 'a name twice');
    for (const name of names) must(/^\P{Cc}+$/u.test(name), `the name ${JSON.stringify(name)}`);
  }
  let last = 0n;
  for (const { name, start, end } of tensors) {
    must(start >= last, `${name} begins at ${start}, within another that ends at ${last}`);
    must(start % BigInt(alignment) === 0n, `${name} begins at ${start}`);
    must(end === start || BigInt(dataOffset) + end <= file.length, `${name} ends at ${end}, after the file`);
    last = end;
  }
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Violation(otherwise);
}

/**
 * Every value type, tensor shape and padding that a file may have, small enough to be tried a million times.
 */
function seedFiles(): Buffer[] {
  const tiny = tinyContent();
  const older = encoded(tiny);
  older.writeUInt32LE(2, 4);
  const shapes: GgufContent = {
    metadata: tiny.metadata.filter(([key]) => key === 'general.architecture'),
    tensors: [
      { name: 'scalar', dims: [], type: 0, data: [new Uint8Array(4)] },
      { name: 'none', dims: [32, 0], type: 8, data: [] },
      { name: 'deep', dims: [256, 1, 2, 1], type: 14, data: [new Uint8Array(420)] },
      { name: 'last', dims: [3], type: 24, data: [new Uint8Array(3)] },
    ],
  };
  const words: GgufContent = {
    ...shapes,
    metadata: [
      ...shapes.metadata,
      ['tokenizer.ggml.tokens', { type: 'array', of: 'string', values: Array(200).fill('word') }],
      ['test.bools', { type: 'array', of: 'bool', values: Array(100).fill(true) }],
      ['test.float', { type: 'float32', value: 0x7fc00000 }],
    ],
  };
  return [encoded(tiny), older, encoded(shapes), encoded(words)];
}
