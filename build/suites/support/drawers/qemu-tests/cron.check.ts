import { test } from 'vitest';
import { useGuest } from '../../../../../qemu-tests/guest.ts';

const vm = useGuest();

test('a table of a user is taken and run', async () => {
  await vm.guest.succeed('echo "* * * * * touch /run/by-cron" | crontab - && crontab -l');
  await vm.guest.waitUntilSucceeds('test -e /run/by-cron', 120);
});
