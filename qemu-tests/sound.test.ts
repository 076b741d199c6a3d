import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const { user } = session.feature('lightdm').values;
const asUser = (command: string) =>
  `runuser --user ${user} -- env XDG_RUNTIME_DIR=/run/user/$(id --user ${user}) ${command}`;

test("the user's PipeWire answers for itself and for PulseAudio", async () => {
  await vm.guest.waitUntilSucceeds(asUser('systemctl --user is-active wireplumber.service'), 120);
  await vm.guest.waitUntilSucceeds(asUser('wpctl status'), 60);
  expect(await vm.guest.succeed(asUser('wpctl status'))).toContain('PipeWire');
  await vm.guest.succeed(asUser('systemctl --user is-active pipewire-pulse.socket'));
});
