import { expect, it } from 'vitest';
import { encoded, sourceOf } from './fixture.ts';
import { inParts } from './parts-fixture.ts';
import { tinyChat } from './tiny-models.ts';
import { validateGguf } from './validate.ts';

const parts = inParts(tinyChat(), [0, 5]).map(encoded);
const check = (bytes: Uint8Array, number?: number, count = 3) =>
  validateGguf(sourceOf(bytes), 'model m', number ? { number, count } : undefined);

it('takes each part under the name that it was made with', async () => {
  const headers = await Promise.all(parts.map((bytes, index) => check(bytes, index + 1)));
  expect(headers.map(({ tensorCount, allTensors }) => [tensorCount, allTensors])).toEqual([
    [0, 21],
    [5, 21],
    [16, 21],
  ]);
  expect(headers[0]!.architecture).toBe('llama');
});

it.each<[string, () => Promise<unknown>, RegExp]>([
  ['a part without the name of one', () => check(parts[1]!), /general.architecture is missing/],
  [
    'the first part without the name of one',
    () => check(parts[0]!),
    /is one of 3 parts .*does not say which/,
  ],
  [
    'parts in another order',
    () => check(parts[2]!, 2),
    /says of itself that it is part 3 of 3 .*its name says part 2 of 3/,
  ],
  [
    'one of another number of parts',
    () => check(parts[1]!, 2, 4),
    /it is part 2 of 3 .*its name says part 2 of 4/,
  ],
])('refuses %s', async (_what, checked, message) => {
  await expect(checked()).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    message: expect.stringMatching(message),
  });
});
