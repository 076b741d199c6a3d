/** A PDF of one page with a line of text. */
export function pdfOf(text: string): Buffer {
  const stream = `BT /F1 48 Tf 40 700 Td (${text}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  const body = objects.map((object, index) => `${index + 1} 0 obj${object}endobj`).join('\n');
  // Poppler finds the objects without a table of them.
  return Buffer.from(`%PDF-1.4\n${body}\ntrailer<</Root 1 0 R>>\n%%EOF\n`);
}

/** A film of two frames in one colour, in an AVI without compression. */
export function film(): Buffer {
  const side = 32;
  const frame = Buffer.alloc(side * side * 3, 0x80);
  const numbers = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 4);
    values.forEach((value, index) => {
      bytes.writeUInt32LE(value, index * 4);
    });
    return bytes;
  };
  const chunk = (name: string, ...parts: Buffer[]) => {
    const data = Buffer.concat(parts);
    return Buffer.concat([Buffer.from(name), numbers(data.length), data]);
  };
  const list = (kind: string, ...chunks: Buffer[]) => chunk('LIST', Buffer.from(kind), ...chunks);
  // Two frames in a second.
  const file = numbers(500_000, frame.length * 2, 0, 0, 2, 0, 1, frame.length, side, side, 0, 0, 0, 0);
  const video = Buffer.concat([
    Buffer.from('vidsDIB '),
    numbers(0, 0, 0, 1, 2, 0, 2, frame.length, 0, 0, 0, side | (side << 16)),
  ]);
  const picture = numbers(40, side, side, 1 | (24 << 16), 0, frame.length, 0, 0, 0, 0);
  const headers = list(
    'hdrl',
    chunk('avih', file),
    list('strl', chunk('strh', video), chunk('strf', picture)),
  );
  const frames = list('movi', chunk('00db', frame), chunk('00db', frame));
  return chunk('RIFF', Buffer.from('AVI '), headers, frames);
}
