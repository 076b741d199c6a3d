/** Random access to a model's bytes, so that validation never holds the model and needs no file system. */
export interface ByteSource {
  /** In bytes. */
  size: number;
  /** Up to `length` bytes from `offset`; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

export interface TensorType {
  name: string;
  /** A row's length must be a multiple of this many weights. */
  blockElements: number;
  blockBytes: number;
}

/** What a metadata value may be; `bytes` is 0 where the length varies. */
export interface ValueType {
  name: string;
  bytes: number;
}

/** By id, 0 to 12. Source: the GGUF specification, ggml-org/ggml docs/gguf.md. */
export const valueTypes: readonly ValueType[] = [
  { name: 'uint8', bytes: 1 },
  { name: 'int8', bytes: 1 },
  { name: 'uint16', bytes: 2 },
  { name: 'int16', bytes: 2 },
  { name: 'uint32', bytes: 4 },
  { name: 'int32', bytes: 4 },
  { name: 'float32', bytes: 4 },
  { name: 'bool', bytes: 1 },
  { name: 'string', bytes: 0 },
  { name: 'array', bytes: 0 },
  { name: 'uint64', bytes: 8 },
  { name: 'int64', bytes: 8 },
  { name: 'float64', bytes: 8 },
];

/** By ggml type id. Source: GGML_QUANT_SIZES in llama.cpp's gguf-py, for super-blocks of 256 weights. */
export const tensorTypes: ReadonlyMap<number, TensorType> = new Map([
  [0, block('F32', 1, 4)],
  [1, block('F16', 1, 2)],
  [2, block('Q4_0', 32, 18)],
  [3, block('Q4_1', 32, 20)],
  [6, block('Q5_0', 32, 22)],
  [7, block('Q5_1', 32, 24)],
  [8, block('Q8_0', 32, 34)],
  [9, block('Q8_1', 32, 36)],
  [10, block('Q2_K', 256, 84)],
  [11, block('Q3_K', 256, 110)],
  [12, block('Q4_K', 256, 144)],
  [13, block('Q5_K', 256, 176)],
  [14, block('Q6_K', 256, 210)],
  [15, block('Q8_K', 256, 292)],
  [16, block('IQ2_XXS', 256, 66)],
  [17, block('IQ2_XS', 256, 74)],
  [18, block('IQ3_XXS', 256, 98)],
  [19, block('IQ1_S', 256, 50)],
  [20, block('IQ4_NL', 32, 18)],
  [21, block('IQ3_S', 256, 110)],
  [22, block('IQ2_S', 256, 82)],
  [23, block('IQ4_XS', 256, 136)],
  [24, block('I8', 1, 1)],
  [25, block('I16', 1, 2)],
  [26, block('I32', 1, 4)],
  [27, block('I64', 1, 8)],
  [28, block('F64', 1, 8)],
  [29, block('IQ1_M', 256, 56)],
  [30, block('BF16', 1, 2)],
  [34, block('TQ1_0', 256, 54)],
  [35, block('TQ2_0', 256, 66)],
  [39, block('MXFP4', 32, 17)],
  [40, block('NVFP4', 64, 36)],
  [41, block('Q1_0', 128, 18)],
  [42, block('Q2_0', 64, 18)],
]);

/** Ids that ggml once used; a file with one of them has to be converted again. */
export const removedTensorTypes: ReadonlyMap<number, string> = new Map([
  [4, 'Q4_2'],
  [5, 'Q4_3'],
  [31, 'Q4_0_4_4'],
  [32, 'Q4_0_4_8'],
  [33, 'Q4_0_8_8'],
  [36, 'IQ4_NL_4_4'],
  [37, 'IQ4_NL_4_8'],
  [38, 'IQ4_NL_8_8'],
]);

function block(name: string, blockElements: number, blockBytes: number): TensorType {
  return { name, blockElements, blockBytes };
}
