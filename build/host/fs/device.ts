import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { throwIfInterrupted } from '../interrupt.ts';
import { run } from '../run/command.ts';
import { readChunks } from './read-chunks.ts';

/** So much is written before the device is waited for; memory would take all, and progress tell nothing. */
const flushBytes = 64 << 20;

/**
 * Writes a file over the beginning of a block device, and waits until the device has it. A device that is
 * mounted, or that another program holds, is refused by the kernel with EBUSY.
 */
export async function writeDevice(
  path: string,
  device: string,
  onBytes: (done: number) => void,
): Promise<void> {
  const target = await open(device, constants.O_WRONLY | constants.O_EXCL);
  try {
    let done = 0;
    for await (const chunk of readChunks(path)) {
      await target.write(chunk, 0, chunk.length, done);
      done += chunk.length;
      if (done % flushBytes === 0) await target.datasync();
      onBytes(done);
    }
    await target.sync();
  } finally {
    await target.close();
  }
}

/** What a device has instead of a file's bytes. */
export interface Reading {
  /** sha256 of as many bytes of the device as the file has. */
  sha256: string;
  /** Where the first byte differs; undefined when none does. */
  differsAt?: number;
}

/** Reads a device's beginning, from the device itself and not from memory, and compares it with a file. */
export async function readDevice(
  path: string,
  device: string,
  onBytes: (done: number) => void,
): Promise<Reading> {
  await run(['blockdev', '--flushbufs', device]);
  const source = await open(device);
  const hash = createHash('sha256');
  const there = Buffer.alloc(1 << 20);
  let done = 0;
  let differsAt: number | undefined;
  try {
    for await (const chunk of readChunks(path)) {
      throwIfInterrupted();
      const { bytesRead } = await source.read(there, 0, chunk.length, done);
      const read = there.subarray(0, bytesRead);
      hash.update(read);
      if (differsAt === undefined && !read.equals(chunk))
        differsAt = done + chunk.findIndex((byte, at) => byte !== read[at]);
      done += chunk.length;
      onBytes(done);
    }
  } finally {
    await source.close();
  }
  return { sha256: hash.digest('hex'), differsAt };
}
