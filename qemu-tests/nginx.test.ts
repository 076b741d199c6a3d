import { afterAll, beforeAll, expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const url = `http://127.0.0.1:${session.feature('nginx').values.port}`;

beforeAll(async () => {
  await vm.guest.fail('systemctl is-enabled --quiet nginx.service');
  await vm.guest.fail('systemctl is-active --quiet nginx.service');
  await vm.guest.succeed('nginx -t');
  await vm.guest.succeed('systemctl start nginx.service');
}, 300_000);

afterAll(() => vm.guest.succeed('systemctl stop nginx.service'));

test('pages of the owner are served', async () => {
  await vm.guest.succeed('echo "a page of my own" > /var/ai-data/nginx/www/trial.html');
  expect(await vm.guest.succeed(`curl --silent --fail ${url}/trial.html`)).toContain('a page of my own');
  await vm.guest.succeed('rm /var/ai-data/nginx/www/trial.html');
  await vm.guest.fail(`curl --silent --fail ${url}/trial.html`);
});

test('a site of the owner is taken', async () => {
  const site = '/var/ai-data/nginx/sites/trial.conf';
  await vm.guest.succeed(
    `echo 'server { listen 127.0.0.1:8099; location / { return 200 "my site"; } }' > ${site}`,
  );
  await vm.guest.succeed('systemctl reload nginx.service');
  await vm.guest.waitUntilSucceeds('curl --silent --fail http://127.0.0.1:8099/ | grep "my site"', 30);
  await vm.guest.succeed(`rm ${site}; systemctl reload nginx.service`);
});

test('the model is asked by it, where there is one', async () => {
  const server = session.has('inference') ? `grep '"object":"list"'` : `grep '404 Not Found'`;
  await vm.guest.waitUntilSucceeds(`curl --silent ${url}/v1/models | ${server}`, 240);
});

test('it listens on loopback alone', async () => {
  const listeners = await vm.guest.succeed(
    `ss --no-header --tcp --listening --numeric --processes | grep nginx`,
  );
  const addresses = listeners.split('\n').map((line) => line.trim().split(/\s+/)[3]);
  expect(addresses).toEqual([url.slice('http://'.length)]);
});
