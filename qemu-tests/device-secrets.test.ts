import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const { names } = session.feature('device-secrets').options as { names: string[] };

test.each(names)('the secret %s is whole, and for root alone', async (name) => {
  const path = `/var/lib/device-secrets/${name}`;
  expect((await vm.guest.succeed(`base64 --decode ${path} | wc --bytes`)).trim()).toBe('32');
  expect((await vm.guest.succeed(`stat --format '%a %U' ${path}`)).trim()).toBe('600 root');
  await vm.guest.fail(`runuser -u nobody -- cat ${path}`);
});

test('it stays the same', async () => {
  const sums = 'sha256sum /var/lib/device-secrets/*';
  const before = await vm.guest.succeed(sums);
  await vm.guest.succeed('systemctl restart device-secrets');
  expect(await vm.guest.succeed(sums)).toBe(before);
});
