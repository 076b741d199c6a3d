import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();

test('the kernel protects, unless its other entry is chosen', async () => {
  expect(await vm.guest.succeed('cat /proc/cmdline')).not.toContain('mitigations=off');
  const entries = (await vm.guest.succeed('cat /efi/loader/entries/*-unmitigated.conf')).split('\n');
  expect(entries.find((line) => line.startsWith('title '))).toMatch(/UNSAFE/);
  expect(entries.find((line) => line.startsWith('options '))).toMatch(/ mitigations=off$/);
  if (session.firmware === 'uefi')
    expect(await vm.guest.succeed('bootctl list --no-pager')).toMatch(/UNSAFE/);
});
