import { open } from 'node:fs/promises';
import type { ByteSource } from '../gguf/types.ts';

/** Opens a model for validation; close it. Throws what the file system says when it cannot be opened. */
export async function openModel(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const file = await open(path);
  const { size } = await file.stat();
  return {
    size,
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
