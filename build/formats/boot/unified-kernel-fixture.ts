/** Where the PE header is, and how long the optional one behind it, in `peFile`. */
export const peHeader = 128;
export const optionalBytes = 240;
const alignment = 512;

/** Test input: a PE file with these sections, as ukify adds them: aligned and padded. */
export function peFile(sections: [name: string, content: string][]): Buffer {
  const table = peHeader + 24 + optionalBytes;
  const head = Buffer.alloc(aligned(table + sections.length * 40));
  head.write('MZ', 0);
  head.writeUInt32LE(peHeader, 60);
  head.write('PE\0\0', peHeader);
  head.writeUInt16LE(0x8664, peHeader + 4);
  head.writeUInt16LE(sections.length, peHeader + 6);
  head.writeUInt16LE(optionalBytes, peHeader + 20);
  const parts = [head];
  let end = head.length;
  for (const [index, [name, text]] of sections.entries()) {
    const content = Buffer.from(text);
    const at = sectionAt(index);
    head.write(name, at, 8);
    head.writeUInt32LE(content.length, at + 8);
    head.writeUInt32LE(end, at + 12);
    head.writeUInt32LE(aligned(content.length), at + 16);
    head.writeUInt32LE(end, at + 20);
    parts.push(content, Buffer.alloc(aligned(content.length) - content.length));
    end += aligned(content.length);
  }
  return Buffer.concat(parts);
}

/** Where a section's header is. */
export function sectionAt(index: number): number {
  return peHeader + 24 + optionalBytes + index * 40;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
