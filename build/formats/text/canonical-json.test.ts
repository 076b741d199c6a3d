import { expect, it } from 'vitest';
import { canonicalJson, sha256, uuidFrom } from './canonical-json.ts';

it.each<[string, unknown, string]>([
  [
    'sorts keys at every depth',
    { b: 1, a: { d: [{ z: 1, y: 2 }], c: null } },
    '{"a":{"c":null,"d":[{"y":2,"z":1}]},"b":1}',
  ],
  ['keeps the order of lists', [3, 1, 2], '[3,1,2]'],
  ['leaves out what is undefined', { a: undefined, b: 0 }, '{"b":0}'],
  ['sorts by code unit, whatever the locale', { ä: 1, z: 2, Z: 3 }, '{"Z":3,"z":2,"ä":1}'],
])('%s', (_title, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

it('gives equal values one hash and different ones another', () => {
  expect(sha256({ a: 1, b: 2 })).toBe(sha256({ b: 2, a: 1 }));
  expect(sha256({ a: 1 })).not.toBe(sha256({ a: '1' }));
});

it('hashes a text as its bytes', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it.each([
  ['0'.repeat(64), '00000000-0000-8000-8000-000000000000'],
  ['f'.repeat(64), 'ffffffff-ffff-8fff-bfff-ffffffffffff'],
  ['0123456789abcdef'.repeat(4), '01234567-89ab-8def-8123-456789abcdef'],
])('makes of %s a UUID of version 8 and the RFC 9562 variant', (hex, uuid) => {
  expect(uuidFrom(hex)).toBe(uuid);
});
