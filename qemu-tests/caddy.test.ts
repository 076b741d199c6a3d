import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const name = `${session.feature('caddy').values.hostname}.local`;
const fetchHttps = (more = '') =>
  `curl --silent --show-error --fail-with-body ${more} --resolve ${name}:443:127.0.0.1 https://${name}/`;

test('the page and the certificate of the authority are there without encryption', async () => {
  await vm.guest.waitUntilSucceeds(
    'curl --silent --fail http://127.0.0.1/authority.crt > /run/authority.crt',
    120,
  );
  await vm.guest.succeed('grep --quiet "BEGIN CERTIFICATE" /run/authority.crt');
  expect(await vm.guest.succeed('curl --silent --fail http://127.0.0.1/')).toContain(`https://${name}`);
});

test('the authority signs for the name of the machine', async () => {
  await vm.guest.waitUntilSucceeds(
    `${fetchHttps('--cacert /run/authority.crt')} --output /dev/null --write-out '%{http_code}' | grep --extended-regexp '^(200|502)$'`,
    60,
  );
  // curl's status 60: nobody else trusts it.
  expect(await vm.guest.succeed(`${fetchHttps()}; echo "status $?"`)).toContain('status 60');
});

test('a program at the socket is reached', async () => {
  // It reads the request up to the empty line, and answers.
  const standIn = String.raw`sed --unbuffered '/^.$/q' > /dev/null; printf 'HTTP/1.0 200 OK\r\n\r\nanswer'`;
  await vm.guest.succeed(
    `mkdir --parents /run/ai; echo ${Buffer.from(standIn).toString('base64')} | base64 --decode > /run/stand-in; ` +
      'systemd-run --unit web-stand-in --property UMask=0000 ' +
      'systemd-socket-activate --accept --inetd --listen /run/ai/web.sock sh /run/stand-in',
  );
  try {
    await vm.guest.waitUntilSucceeds(
      `${fetchHttps('--cacert /run/authority.crt')} | grep --quiet answer`,
      30,
    );
  } finally {
    await vm.guest.succeed('systemctl stop web-stand-in');
  }
});

test('the unit is hardened', async () => {
  await vm.guest.succeed('systemd-analyze security --no-pager --threshold=45 caddy.service > /dev/null');
});
