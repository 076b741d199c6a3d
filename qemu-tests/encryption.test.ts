import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('this disk is not encrypted, as nobody asked for it', async () => {
  expect(await vm.guest.succeed('lsblk --noheadings --output FSTYPE')).not.toContain('crypto_LUKS');
});

test('what makes and opens an encrypted disk is there, and takes the right passphrase alone', async () => {
  const quick = '--pbkdf pbkdf2 --pbkdf-force-iterations 1000';
  const opens = (passphrase: string) =>
    `printf '${passphrase}' | cryptsetup open --test-passphrase --key-file - /run/locked && echo yes || echo no`;
  const said = await vm.guest.succeed(
    `truncate --size 32M /run/locked
     printf right | cryptsetup luksFormat --batch-mode ${quick} --key-file - /run/locked
     ${opens('right')}; ${opens('wrong')}; rm /run/locked
     test -x /usr/lib/systemd/systemd-cryptsetup && tpm2 getcap --version | grep --only-matching getcap`,
  );
  expect(said.split('\n')).toEqual(['yes', 'no', 'getcap']);
});
