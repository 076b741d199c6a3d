import { expect, it } from 'vitest';
import { encoded, sourceOf, tinyContent } from './fixture.ts';
import { add, contentOf, text, tinyAdapter, tinyChat } from './tiny-models.ts';
import { validateGguf } from './validate.ts';

const summaryOf = (content: Parameters<typeof encoded>[0]) =>
  validateGguf(sourceOf(encoded(content)), 'model x');

it('tells nothing of a model', async () => {
  expect(await summaryOf(contentOf(tinyChat()))).toMatchObject({ part: undefined, draftTensor: undefined });
  expect((await summaryOf(tinyContent())).part).toBeUndefined();
});

it('names an adapter', async () => {
  expect((await summaryOf(contentOf(tinyAdapter()))).part).toBe('a LoRA adapter');
});

it.each([
  ['general.type', 'mmproj', /projector/],
  ['general.type', 'imatrix', /importance matrix/],
  ['general.architecture', 'clip', /projector/],
  ['general.architecture', 'eagle3', /draft for speculative decoding/],
  ['general.architecture', 'gemma4-assistant', /draft .*\(MTP\)/],
  ['general.architecture', 'controlvector', /control vector/],
])('names what %s %s is', async (key, value, part) => {
  const model = tinyChat();
  model.values.set(key, text(value));
  expect((await summaryOf(contentOf(model))).part).toMatch(part);
});

it.each(['mtp.0.proj.weight', 'blk.2.nextn.eh_proj.weight'])('notices %s as of a draft', async (name) => {
  const model = tinyChat();
  add(model, { [name]: [64, 64] });
  expect((await summaryOf(contentOf(model))).draftTensor).toBe(name);
});

it('counts the bytes that belong to nothing', async () => {
  const file = Buffer.concat([encoded(contentOf(tinyChat())), Buffer.alloc(99)]);
  expect((await validateGguf(sourceOf(file), 'model x')).trailingBytes).toBe(99);
  expect(await summaryOf(tinyContent())).toMatchObject({ trailingBytes: 0 });
});

const f16 = { type: 1, bytes: 2 };
const f64 = { type: 28, bytes: 8 };
const i32 = { type: 26, bytes: 4 };
it.each([
  ['blk.0.ffn_up.weight', i32, /"blk\.0\.ffn_up\.weight" is I32, which llama\.cpp multiplies no matrix of/],
  ['token_embd.weight', f64, /"token_embd\.weight" is F64/],
  ['blk.1.attn_q.weight', i32, /"blk\.1\.attn_q\.weight" is I32/],
  ['output_norm.weight', f16, /"output_norm\.weight" is F16, and llama\.cpp takes norms and biases as F32/],
])('refuses %s of a type that ends llama.cpp at the first token', async (name, { type, bytes }, reason) => {
  const model = tinyChat();
  const tensor = model.tensors.get(name)!;
  const size = tensor.dims.reduce((product, one) => product * one, bytes);
  model.tensors.set(name, { ...tensor, type, data: [new Uint8Array(size)] });
  await expect(summaryOf(contentOf(model))).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    message: expect.stringMatching(reason),
  });
});

it('leaves a table of numbers alone, which is no matrix of weights', async () => {
  const model = tinyChat();
  model.tensors.set('table', { name: 'table', dims: [8], type: i32.type, data: [new Uint8Array(32)] });
  expect((await summaryOf(contentOf(model))).tensorCount).toBe(22);
});
