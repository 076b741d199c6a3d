import { expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';

// The check value of CRC catalogues, and the vectors of RFC 3720, B.4.
it.each<[string, Uint8Array, number]>([
  ['nothing', Buffer.alloc(0), 0],
  ['the digits', Buffer.from('123456789'), 0xe3069283],
  ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['0 to 31', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
])('of %s', (_what, bytes, crc) => {
  expect(crc32c(bytes)).toBe(crc);
});
