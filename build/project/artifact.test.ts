import { expect, it } from 'vitest';
import type { IngotError } from '../model/errors.ts';
import { validRecord } from '../schema/fixture.ts';
import { parseRecord } from './artifact.ts';

it('reads a record with the options and values of every feature', () => {
  const record = validRecord();
  expect(parseRecord(JSON.stringify(record), 'x.iso.json')).toEqual(record);
});

it('refuses a record of another schema by its number, and says what to do', () => {
  const earlier = { ...validRecord(), schema: 2, features: ['zram'] };
  expect(() => parseRecord(JSON.stringify(earlier), 'x.iso.json')).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: 'x.iso.json has schema 2; this version of Ingot reads 3',
      hint: 'build the image again with ingot build, or use the Ingot that wrote the record',
    }) as IngotError,
  );
});

it('names the feature whose values are no plain values', () => {
  const record = validRecord();
  Object.assign(record.features[0]!.values, { algorithm: ['zstd'] });
  expect(() => parseRecord(JSON.stringify(record), 'x.iso.json')).toThrow(
    'x.iso.json: .features.0.values.algorithm must be string,number,boolean',
  );
});
