import type { TensorType } from './types.ts';

/** Matrices that a model's tokens go through, by llama.cpp's names. */
const matrices =
  /(^(token_embd|output)|\.(attn_(q|k|v|qkv|output)|ffn_(up|gate|down)(_exps|_shexp)?))\.weight$/;
/** Vectors that activations are multiplied with or added to. */
const vectors = /norm\.weight$|\.bias$/;
/** What ggml reads and converts, but multiplies no matrix of. */
const noMatrix = ['F64', 'I8', 'I16', 'I32', 'I64', 'Q8_1', 'Q8_K'];

/**
 * Why llama.cpp cannot compute with a tensor of this type. It finds out at the first token, by ending:
 * nothing that loads a model tells.
 */
export function unfitType(tensor: string, type: TensorType): string | undefined {
  if (matrices.test(tensor) && noMatrix.includes(type.name))
    return `is ${type.name}, which llama.cpp multiplies no matrix of`;
  if (vectors.test(tensor) && type.name !== 'F32')
    return `is ${type.name}, and llama.cpp takes norms and biases as F32 alone`;
  return undefined;
}
