import { expect, test } from 'vitest';
import { useGuest } from '../guest.ts';

const vm = useGuest();

test('the firmware started it with Secure Boot on', async () => {
  const variable = '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';
  // Four bytes of attributes, then the value.
  expect((await vm.guest.succeed(`od --skip-bytes=4 --address-radix=n --format=u1 ${variable}`)).trim()).toBe(
    '1',
  );
});

test('the kernel knows it, and lets nobody change the running kernel', async () => {
  await vm.guest.succeed("journalctl --boot --dmesg --output=cat --grep='secureboot: Secure boot enabled'");
  expect(await vm.guest.succeed('cat /sys/kernel/security/lockdown')).toContain('[integrity]');
});
