import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { interrupted } from './interrupt.ts';

/** Writes chunks to a file, streamed, and returns what was written. */
export async function writeChunks(
  chunks: Iterable<Uint8Array>,
  to: string,
): Promise<{ size: number; sha256: string }> {
  return pump(Readable.from(chunks), to);
}

/** Size and SHA-256 of chunks that are not kept. */
export function hashChunks(chunks: Iterable<Uint8Array>): { size: number; sha256: string } {
  const hash = createHash('sha256');
  let size = 0;
  for (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest('hex') };
}

/** Copies a file, streamed; memory does not grow with its size. */
export async function copyHashed(from: string, to: string): Promise<{ size: number; sha256: string }> {
  return pump(createReadStream(from, { highWaterMark: 1 << 20 }), to);
}

async function pump(source: Readable, to: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(source, meter, createWriteStream(to), { signal: interrupted });
  return { size, sha256: hash.digest('hex') };
}
