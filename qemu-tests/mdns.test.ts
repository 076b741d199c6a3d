import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const { announce } = session.feature('mdns').options as { announce: string[] };

test('the machine answers to its name in .local', async () => {
  const name = (await vm.guest.succeed('hostname')).trim();
  await vm.guest.waitUntilSucceeds(`avahi-resolve --name -4 ${name}.local`, 60);
  expect(await vm.guest.succeed(`getent ahostsv4 ${name}.local`)).toMatch(/^(10|168|127)\./);
});

test.each(announce)('%s is announced', async (service) => {
  const [type, port] = service.split(' ');
  await vm.guest.waitUntilSucceeds(
    `avahi-browse --terminate --resolve --parsable ${type} | grep '^=' | grep --quiet ';${port};'`,
    60,
  );
});
