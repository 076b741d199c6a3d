import type { GgufTensor } from './write.ts';

const f32 = 0;
const q8 = 8;
const q8Block = 32;
const q8BlockBytes = 34;
const oneBits = 0x3f800000;

/** Scales are fp16 bit patterns. `first` replaces the first block, otherwise its first weight is 0. */
export interface Row {
  scale: number;
  first?: { scale: number; weight: number };
  /** All weights 0 but `first`. */
  empty?: boolean;
}

/** A norm: fp32 ones, by their bit pattern. */
export function ones(name: string, width: number): GgufTensor {
  const bytes = new Uint8Array(width * 4);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += 4) view.setUint32(at, oneBits, true);
  return { name, dims: [width], type: f32, data: [bytes] };
}

/** What is added to activations and changes nothing: fp32 zeros. */
export function zeros(name: string, ...dims: number[]): GgufTensor {
  const bytes = dims.reduce((product, size) => product * size, 4);
  return { name, dims, type: f32, data: [new Uint8Array(bytes)] };
}

/** A matrix of random weights; `row` says what is special about each row. */
export function tensor(name: string, columns: number, rows: number, row: (index: number) => Row): GgufTensor {
  return { name, dims: [columns, rows], type: q8, data: weights(name, columns, rows, row) };
}

/** Q8_0: per 32 weights an fp16 scale and 32 signed bytes. Made when taken: never 40 MB at once. */
function* weights(name: string, columns: number, rows: number, rowOf: (index: number) => Row) {
  const bytes = new Uint8Array((columns / q8Block) * q8BlockBytes * rows);
  let state = seed(name);
  let at = 0;
  for (let index = 0; index < rows; index++) {
    const row = rowOf(index);
    for (let column = 0; column < columns; column += q8Block, at += q8BlockBytes) {
      const first = column === 0 ? row.first : undefined;
      const scale = first?.scale ?? row.scale;
      bytes[at] = scale & 0xff;
      bytes[at + 1] = scale >>> 8;
      if (first) bytes[at + 2] = first.weight;
      if (first || row.empty) continue;
      for (let i = at + 2; i < at + q8BlockBytes; i += 4) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        // Odd, so from -127 to 127 with mean 0: -128 is no Q8_0 weight, and kernels negate weights.
        const four = state | 0x01010101;
        bytes[i] = four;
        bytes[i + 1] = four >>> 8;
        bytes[i + 2] = four >>> 16;
        bytes[i + 3] = four >>> 24;
      }
      if (column === 0) bytes[at + 2] = 0;
    }
  }
  yield bytes;
}

/** FNV-1a of the name: weights do not depend on the tensors before. Never 0, as xorshift would stay there. */
function seed(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 1;
}
