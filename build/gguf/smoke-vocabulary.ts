export interface SmokeToken {
  text: string;
  /** llama.cpp's token attribute: 1 normal, 2 unknown, 3 control, 6 byte. */
  type: number;
  /** Whether the model may say it. */
  said: boolean;
}

/** The least SentencePiece vocabulary llama.cpp takes: any text falls back to bytes; U+2581 is a space. */
export function smokeVocabulary(): SmokeToken[] {
  return [
    { text: '<unk>', type: 2, said: false },
    { text: '<s>', type: 3, said: false },
    { text: '</s>', type: 3, said: false },
    ...Array.from({ length: 256 }, (_, byte) => ({
      text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
      type: 6,
      said: byte >= 0x20 && byte <= 0x7e,
    })),
    { text: '\u2581', type: 1, said: true },
  ];
}
