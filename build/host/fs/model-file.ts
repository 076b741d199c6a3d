import { open } from 'node:fs/promises';
import { IngotError } from '../../model/errors.ts';

/** A model open for validation, with random access to its bytes. */
export interface OpenModel {
  /** In bytes. */
  size: number;
  /** Up to `length` bytes from `offset`; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a model for validation; close it. Throws what the file system says when it cannot be opened. */
export async function openModel(path: string): Promise<OpenModel> {
  const file = await open(path);
  const found = await file.stat();
  if (!found.isFile()) {
    await file.close();
    throw new IngotError('MODEL_INVALID', `${path} is not a file`);
  }
  return {
    size: found.size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      let done = 0;
      // One read may return less than asked for before the end, as on network file systems.
      while (done < length) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return bytes.subarray(0, done);
    },
    close: () => file.close(),
  };
}
