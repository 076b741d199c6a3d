import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('the initramfs begins with the microcode of Intel and of AMD', async () => {
  // What the kernel reads first is not compressed, so its names can be read as well.
  const names = await vm.guest.succeed(
    "grep --text --only-matching 'kernel/x86/microcode/[A-Za-z]*[.]bin' $(ls /boot/initrd.img-* | tail -1) | sort -u",
  );
  expect(names.trim().split('\n')).toEqual([
    'kernel/x86/microcode/AuthenticAMD.bin',
    'kernel/x86/microcode/GenuineIntel.bin',
  ]);
});
