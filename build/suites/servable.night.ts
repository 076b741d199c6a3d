import { truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentOf, tinyChat } from '../gguf/tiny-models.ts';
import { encodeGguf } from '../gguf/write.ts';
import { prepareTools } from './support/conversion.ts';
import { servable } from './support/servable-models.ts';
import { ModelTrial } from './support/try-models.ts';
import { unservable } from './support/unservable-models.ts';

let trial: ModelTrial;
beforeAll(async () => {
  trial = await ModelTrial.with(await prepareTools());
});
afterAll(() => trial.remove());

describe.each(unservable)('a model %s', (_name, model, words) => {
  test('is refused by words that say why', async () => {
    await expect(trial.check(model())).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringMatching(words),
    });
  });
});

// These answer, without having read what they are asked, or in a way that nobody trained them for.
const answersYet = /one thing only|importance matrix|tokens make no text|another kind of attention/;
test.each(unservable.filter(([name]) => !answersYet.test(name)))(
  'the server itself gives no answer with a model %s',
  async (_name, model) => expect(await trial.chat(model())).not.toBe('200'),
);

describe.each(servable)('%s', (_name, model, role) => {
  test(`is for ${role}`, async () => expect(await trial.check(model())).toMatchObject({ role }));
});

test.each(servable.filter(([, , role]) => role === 'chat'))(
  'the server answers with %s',
  async (_name, model) => expect(await trial.chat(model())).toBe('200'),
);

test('a model of more than 250 GiB is judged in seconds', async () => {
  // Of the shape of a Llama of 70 billion weights: as many layers, as wide.
  const shape = { width: 8192, hidden: 28_672, layers: 80, heads: 64 };
  const content = contentOf(tinyChat(shape));
  const path = trial.write(tinyChat());
  const header = encodeGguf(content).next().value as Uint8Array;
  const weights = content.tensors.reduce((sum, { dims }) => sum + dims.reduce((a, b) => a * b, 4), 0);
  writeFileSync(path, header);
  truncateSync(path, header.length + weights);
  expect(weights).toBeGreaterThan(250 * 2 ** 30);
  const begun = Date.now();
  expect(await trial.checkFile(path)).toMatchObject({ role: 'chat' });
  const seconds = (Date.now() - begun) / 1000;
  console.log(`a model of ${Math.round(weights / 2 ** 30)} GiB was judged in ${seconds} s`);
  expect(seconds).toBeLessThan(30);
});
