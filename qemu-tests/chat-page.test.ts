import { expect, test } from 'vitest';
import { modelAnswers, modelUrl, session, useGuest } from './guest.ts';

const vm = useGuest();
const api = modelUrl();
const fetched = (path: string) =>
  vm.guest.succeed(`curl --silent --show-error --fail --include --max-time 30 ${api}${path}`);

test('the server hands out the page, which loads nothing from elsewhere', async () => {
  await vm.guest.waitUntilSucceeds(`curl --silent --fail ${api}/health`, 240);
  const page = await fetched('/');
  expect(page).toMatch(/^Content-Type: text\/html/im);
  expect(page).toContain("default-src 'none'");
  const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
  expect(parts.sort()).toEqual(['chat.css', 'chat.mjs', 'chat.svg', 'chat.svg']);
  expect(await fetched('/chat.css')).toMatch(/^Content-Type: text\/css/im);
  for (const script of ['chat.mjs', 'server.mjs'])
    expect(await fetched(`/${script}`)).toMatch(/^Content-Type: text\/javascript/im);
  expect(await fetched('/chat.svg')).toMatch(/^Content-Type: image\/svg\+xml/im);
});

test('the model answers behind the page', () => modelAnswers(vm));

test('pages of other origins, and pages that are files, get no permission', async () => {
  for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
    const headers = await vm.guest.succeed(
      `curl --silent --include --header 'Origin: ${origin}' ${api}/v1/models`,
    );
    expect(headers).toMatch(/^HTTP\/1\.1 200/);
    expect(headers).not.toMatch(/access-control-allow-origin/i);
  }
});

test('nothing but the page is handed out', async () => {
  for (const path of ['/../applications/chat.desktop', '/%2e%2e/applications/chat.desktop', '/index.htm'])
    await vm.guest.fail(`curl --silent --fail --path-as-is ${api}${path}`);
});

test('the menu has an entry that leads to the page', async () => {
  const entry = await vm.guest.succeed('cat /usr/share/applications/chat.desktop');
  expect(entry).toContain(`Exec=xdg-open ${session.feature('chat-page').values.address}\n`);
  await vm.guest.succeed(`test -s "$(sed -n 's/^Icon=//p' /usr/share/applications/chat.desktop)"`);
});
