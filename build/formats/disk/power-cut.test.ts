import { expect, it } from 'vitest';
import { randomFrom } from '../text/random.ts';
import { afterPowerCut } from './power-cut.ts';
import { parseWriteLog, type Request } from './write-log.ts';

const write = (offset: number, length: number): Request => ({
  kind: 'write',
  offset,
  length,
  at: offset,
  forced: false,
});
const flush: Request = { kind: 'flush', offset: 0, length: 0, at: 0, forced: false };

it('keeps all that was flushed, and of the rest some whole, some torn between physical sectors, some not', () => {
  const rest = Array.from({ length: 200 }, (_, index) => write(8192 + 512 + index * 16384, 16384));
  const after = afterPowerCut([write(0, 4096), write(4096, 4096), flush, ...rest], randomFrom('a'));
  expect(after.flushed).toBe(2);
  expect(after.pieces.slice(0, 2)).toEqual([
    { offset: 0, length: 4096, at: 0 },
    { offset: 4096, length: 4096, at: 4096 },
  ]);
  for (const count of [after.kept, after.torn, after.lost]) expect(count).toBeGreaterThan(20);
  expect(after.kept + after.torn + after.lost).toBe(200);
  const torn = after.pieces.slice(2).filter(({ length }) => length < 16384);
  expect(torn).toHaveLength(after.torn);
  for (const { offset, length } of torn) expect((offset + length) % 4096).toBe(0);
  expect(new Set(torn.map(({ length }) => length))).toEqual(new Set([3584, 7680, 11776, 15872]));
});

it('tears nothing that is within one physical sector', () => {
  const within = Array.from({ length: 100 }, (_, index) => write(index * 4096 + 512, 3584));
  expect(afterPowerCut(within, randomFrom('a')).torn).toBe(0);
});

it('keeps what was forced, and writes nothing for a discard', () => {
  const requests: Request[] = [
    { ...write(0, 512), forced: true },
    { ...write(512, 512), kind: 'discard' },
  ];
  expect(afterPowerCut(requests, randomFrom('b')).pieces).toEqual([{ offset: 0, length: 512, at: 0 }]);
});

it('is the same for the same seed', () => {
  const requests = Array.from({ length: 50 }, (_, index) => write(index * 1024, 1024));
  const of = (seed: string) => afterPowerCut(requests, randomFrom(seed));
  expect(of('1')).toEqual(of('1'));
  expect(of('1')).not.toEqual(of('2'));
});

const entry = (...values: number[]) => {
  const bytes = Buffer.alloc(512);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), index * 8);
  return bytes;
};
const head = Buffer.alloc(512);
head.writeBigUInt64LE(0x6a736677736872n, 0);
head.writeBigUInt64LE(1n, 8);
head.writeUInt32LE(512, 24);
const parse = (...parts: Buffer[]) => {
  const log = Buffer.concat(parts);
  return parseWriteLog((offset, length) => log.subarray(offset, offset + length), log.length);
};

it('reads writes, flushes and discards of a log, and stops where logging did', () => {
  const found = parse(
    head,
    entry(8, 2, 0),
    Buffer.alloc(1024, 'x'),
    entry(0, 0, 1),
    entry(16, 4, 4),
    entry(9, 1, 2),
    Buffer.alloc(512, 'y'),
    entry(0, 0, 0),
    entry(1, 1, 0),
  );
  expect(found).toEqual([
    { kind: 'write', offset: 4096, length: 1024, at: 1024, forced: false },
    { kind: 'flush', offset: 0, length: 0, at: 2560, forced: false },
    { kind: 'discard', offset: 8192, length: 2048, at: 3072, forced: false },
    { kind: 'write', offset: 4608, length: 512, at: 3584, forced: true },
  ]);
});

it('leaves a write out whose data are not all there', () => {
  expect(parse(head, entry(8, 2, 0), Buffer.alloc(512))).toEqual([]);
});

it('reads a log that no flush was written to', () => {
  expect(parse(Buffer.alloc(512), entry(8, 1, 0), Buffer.alloc(512, 'x'))).toHaveLength(1);
});

it('refuses what is no log', () => {
  expect(() => parse(Buffer.alloc(512, 'x'))).toThrow('the file is not a log of writes');
});
