import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test.each([
  ['sans-serif', /Inter/],
  ['monospace', /JetBrains Mono/],
  // Each language has forms of its own for the same characters.
  ['sans-serif:lang=zh-cn', /Noto Sans CJK SC/],
  ['sans-serif:lang=zh-tw', /Noto Sans CJK TC/],
  ['sans-serif:lang=ja', /Noto Sans CJK JP/],
  [':lang=zh', /Noto Sans CJK SC/],
  [':lang=ja', /Noto Sans CJK JP/],
  ['monospace:lang=ja', /Noto Sans Mono CJK JP/],
  ['sans-serif:lang=de', /Inter/],
  ['emoji', /Noto Color Emoji/],
])('%s is shown in a font that has it', async (pattern, family) => {
  expect(await vm.guest.succeed(`fc-match '${pattern}' family`)).toMatch(family);
});

test('a script that few fonts have is covered', async () => {
  // Amharic, Khmer, Tamil and a rare ideograph.
  for (const character of ['1208', '1780', '0b95', '9f98'])
    expect(await vm.guest.succeed(`fc-list ':charset=${character}' family | head -1`)).toMatch(/\w/);
});
