import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from './shell.ts';

it.each([
  ['plain-1.0_x', 'plain-1.0_x'],
  ['boot=live console=tty0', "'boot=live console=tty0'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
])('writes %j as %s', (text, word) => {
  expect(shellWord(text)).toBe(word);
});

it('is read back unchanged by a shell, whatever single character or mixture is in it', () => {
  const printable = Array.from({ length: 95 }, (_, i) => `a${String.fromCharCode(32 + i)}b`);
  const texts = [...printable, ...'$(id)|~|!x|#x|-n|a\\|ä €|{a,b}|a\nb|\t|a\'"b'.split('|')];
  const script = `printf '%s\\0' ${texts.map(shellWord).join(' ')}`;
  const output = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
  expect(output.split('\0').slice(0, -1)).toEqual(texts);
});
