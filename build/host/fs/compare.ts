import { open } from 'node:fs/promises';

/** How many bytes of two files differ; bytes that only one of them has count as different. Streamed. */
export async function differingBytes(a: string, b: string): Promise<number> {
  const files = await Promise.all([open(a), open(b)]);
  try {
    const sizes = await Promise.all(files.map(async (file) => (await file.stat()).size));
    const common = Math.min(...sizes);
    let differing = Math.max(...sizes) - common;
    const chunks = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)] as const;
    for (let offset = 0; offset < common; offset += 1 << 20) {
      const length = Math.min(1 << 20, common - offset);
      await Promise.all(files.map((file, index) => file.read(chunks[index]!, 0, length, offset)));
      const [left, right] = chunks.map((chunk) => chunk.subarray(0, length)) as [Buffer, Buffer];
      if (left.equals(right)) continue;
      for (let at = 0; at < length; at++) if (left[at] !== right[at]) differing++;
    }
    return differing;
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}
