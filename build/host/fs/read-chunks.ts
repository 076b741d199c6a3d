import { open } from 'node:fs/promises';
import { throwIfInterrupted } from '../interrupt.ts';

/** At most so many bytes at once. */
export const chunkBytes = 1 << 20;

/**
 * A file's bytes in order, in chunks of up to 1 MiB. The next is read while one is used; none is good any
 * more when the next is asked for.
 */
export async function* readChunks(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const buffers = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)] as const;
    let done = 0;
    const read = (index: number) => {
      const reading = file.read(buffers[index % 2]!, 0, chunkBytes, done);
      // It may fail while the chunk before is still in use: the await below throws then.
      reading.catch(() => {});
      return reading;
    };
    let next = read(0);
    for (let index = 1; ; index++) {
      const { bytesRead, buffer } = await next;
      throwIfInterrupted();
      if (bytesRead === 0) return;
      done += bytesRead;
      next = read(index);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
