import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('the model server finds the Vulkan backend and its devices', async () => {
  // A machine without a graphics card has Mesa's processor device, which counts as none.
  await vm.guest.succeed(
    'ls /usr/lib/*/ggml/backends*/libggml-vulkan.so || ls /usr/lib/*/*/libggml-vulkan.so',
  );
  expect(await vm.guest.succeed('llama-server --list-devices 2>&1')).toMatch(/Available devices|vulkan/i);
});

test('nvtop starts', async () => {
  expect(await vm.guest.succeed('nvtop --version')).toMatch(/\d/);
});
