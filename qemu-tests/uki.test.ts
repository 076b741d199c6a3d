import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();

test('it was started from a unified kernel image, and there is no other way to start it', async () => {
  const status = await vm.guest.succeed('bootctl status --no-pager');
  expect(status).toMatch(/Current Entry: .+\.efi/);
  await vm.guest.succeed('ls /efi');
  const images = (await vm.guest.succeed('ls /efi/EFI/Linux')).trim().split('\n');
  expect(images).toHaveLength(1);
  expect(images[0]).toMatch(new RegExp(`^${session.record.recipe}-.+\\.efi$`));
  expect(await vm.guest.succeed('ls -A /efi/loader/entries 2> /dev/null || true')).toBe('');
});

test('the command line is the one in the image', async () => {
  const asked = (await vm.guest.succeed('cat /etc/kernel/cmdline')).trim();
  expect(await vm.guest.succeed('cat /proc/cmdline')).toContain(asked);
});

test('kernels that are installed later become unified kernel images as well', async () => {
  const layout = await vm.guest.succeed('kernel-install inspect 2> /dev/null');
  expect(layout).toMatch(/Layout: uki/);
  expect(layout).toMatch(/UKI Generator: ukify/);
  await vm.guest.succeed('test -x /usr/bin/ukify');
});
