import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('the journal is in memory, and its size is bounded', async () => {
  await vm.guest.succeed('ls /run/log/journal/*/system.journal');
  await vm.guest.succeed('! ls /var/log/journal/*/system.journal 2> /dev/null');
  const settings = await vm.guest.succeed('systemd-analyze cat-config systemd/journald.conf');
  expect(settings).toMatch(/^RuntimeMaxUse=50M$/m);
});
