import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { chunkBytes, readChunks } from '../fs/read-chunks.ts';
import { interrupted } from '../interrupt.ts';

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

const zeros = Buffer.alloc(chunkBytes);

/**
 * Copies a file, streamed; memory does not grow with the size. What is zero becomes holes, so that a disk
 * takes no more room than its content.
 */
export async function copyHashed(from: string, to: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(to, 'w');
  try {
    for await (const bytes of readChunks(from)) {
      const empty = bytes.equals(zeros.subarray(0, bytes.length));
      // Begun before the hash is taken, and under way meanwhile.
      const written = empty ? undefined : writeWhole(file, bytes, size);
      hash.update(bytes);
      await written;
      size += bytes.length;
    }
    await file.truncate(size);
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/**
 * A nearly full disk takes a part of the bytes and returns how many; only the next write fails with ENOSPC.
 */
async function writeWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
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
