import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sourceOf } from './fixture.ts';
import { synthesiseSmokeModel } from './synthesise.ts';
import { validateGguf } from './validate.ts';

const size = 40455616;
const sha256 = 'b4929d9d0a49be032d8f6fd09d836d31b5ecea803f58744ed6e2cf307da9b8f8';

it('is the same to the byte on every machine', () => {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const chunk of synthesiseSmokeModel()) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  expect({ size: bytes, sha256: hash.digest('hex') }).toEqual({ size, sha256 });
});

it('is a well-formed model', async () => {
  const file = Buffer.concat([...synthesiseSmokeModel()]);
  expect(await validateGguf(sourceOf(file), 'smoke')).toEqual({
    version: 3,
    architecture: 'llama',
    name: 'ingot-smoke',
    licence: 'mit',
    parameters: 38027776,
    fileType: 7,
    tensorCount: 111,
    contextLength: 2048,
    blockCount: 12,
    dataOffset: 13504,
    alignment: 32,
    trailingBytes: 0,
  });
});
