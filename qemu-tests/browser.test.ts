import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const start = '/usr/share/ingot/start/index.html';

test('the start page is a file that loads nothing from a network', async () => {
  const page = await vm.guest.succeed(`cat ${start}`);
  expect(page).toContain(`Welcome to ${session.record.recipe}`);
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\/(?!127\.0\.0\.1)/);
  if (session.has('inference')) expect(page).toContain(session.record.models[0]!.name);
});

test('the browser is what opens pages', async () => {
  expect(await vm.guest.succeed('update-alternatives --query x-www-browser')).toContain('firefox-esr');
});

test('the browser starts without a screen, draws the start page and asks nothing', async () => {
  // With a home of its own, as at a first start.
  const shot = '/tmp/ingot-start.png';
  await vm.guest.succeed(
    `cd /tmp && env HOME=$(mktemp --directory) timeout 600 firefox-esr --headless --screenshot ${shot} file://${start}`,
  );
  await vm.guest.succeed(`head --bytes=4 ${shot} | grep --quiet PNG`);
});

test('the policies are read: nothing is sent home', async () => {
  const policies = JSON.parse(await vm.guest.succeed('cat /etc/firefox/policies/policies.json')).policies;
  expect(policies.DisableTelemetry).toBe(true);
  expect(policies.Homepage.URL).toBe(`file://${start}`);
});
