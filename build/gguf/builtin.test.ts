import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { builtinModel, builtinSources } from './builtin.ts';
import { validateGguf } from './validate.ts';

it.each(builtinSources)('%s is well-formed', async (source) => {
  const bytes = Buffer.concat([...builtinModel(source)!.make()]);
  const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
  expect(await validateGguf({ size: bytes.length, read }, source)).toMatchObject({ licence: 'mit' });
});

it('the model that embeds is the same bytes on every machine', () => {
  const hash = createHash('sha256');
  for (const chunk of builtinModel('builtin:smoke-embedding')!.make()) hash.update(chunk);
  expect(hash.digest('hex')).toBe('d1d45fe1c88ff9d170c8f132f0a6e7e7cd25e2c843a94dea6d9fef39e9683d69');
});
