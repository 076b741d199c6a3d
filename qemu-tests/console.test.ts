import { expect, test } from 'vitest';
import { modelUrl, session, useGuest } from './guest.ts';

const vm = useGuest();
const { user } = session.feature('console').values;

/** Another feature has the first screen; the user is on the others. */
const ownScreen = session.has('address-screen');

test('the user is logged in on screen and serial line', async () => {
  // A slow machine may begin a login again, and the session given up stays in the list for a while.
  const lines = `loginctl list-sessions --no-legend | grep -w '${user}' | grep -o -w -E 'tty1|ttyS0' | sort -u`;
  const both = `${lines} | wc --lines | grep -x ${ownScreen ? 1 : 2}`;
  await vm.guest.waitUntilSucceeds(both, 120);
});

if (!ownScreen)
  test('the screen says what the machine is', async () => {
    await vm.guest.waitUntilSucceeds('grep -q "State: systemctl status" /dev/vcs1', 60);
    const screen = await vm.guest.succeed('cat /dev/vcs1');
    expect(screen).toContain(`${session.record.recipe} ${session.record.version}`);
    if (!session.has('inference')) expect(screen).not.toMatch(/language model|llama/i);
  });

if (session.has('inference')) {
  if (!ownScreen)
    test('the screen says how to reach the model', async () => {
      await vm.guest.waitUntilSucceeds(`grep -q '${modelUrl()}/v1/chat/completions' /dev/vcs1`, 60);
    });

  test('the user reaches the model by its socket', async () => {
    const socket = '--unix-socket /run/llama-server/llama.sock http://x/v1/models';
    await vm.guest.waitUntilSucceeds(`runuser --user ${user} -- curl --silent --fail ${socket}`, 240);
  });
}

test('the user owns the home and may become root', async () => {
  await vm.guest.succeed(`runuser --user ${user} -- sh -c 'touch ~/x && sudo --non-interactive true'`);
});
