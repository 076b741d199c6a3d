import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('it speaks, in English and other languages', async () => {
  for (const [language, words] of [
    ['en', 'Good morning'],
    ['de', 'Guten Morgen'],
    ['zh', '早上好'],
  ]) {
    await vm.guest.succeed(`espeak-ng -v ${language} -w /tmp/${language}.wav '${words}'`);
    // The header of a WAV file has 44 bytes, and half a second of sound 22050.
    expect(Number(await vm.guest.succeed(`stat --format %s /tmp/${language}.wav`))).toBeGreaterThan(22_050);
  }
});

test('whisper.cpp starts, and says which model it misses', async () => {
  expect(await vm.guest.succeed('whisper-cli --help 2>&1')).toContain('--model');
  const said = await vm.guest.fail('whisper-cli --model /tmp/missing.bin /tmp/en.wav');
  expect(said).toContain('/tmp/missing.bin');
});
