import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { interrupted } from './interrupt.ts';

/** Writes what one file has from a byte on over what another has from a byte on, streamed, and removes the one. */
export async function moveTail(
  from: { path: string; offset: number },
  to: { path: string; offset: number },
): Promise<void> {
  await pipeline(
    createReadStream(from.path, { start: from.offset, highWaterMark: 1 << 20 }),
    createWriteStream(to.path, { start: to.offset, flags: 'r+' }),
    { signal: interrupted },
  );
  await rm(from.path);
}
