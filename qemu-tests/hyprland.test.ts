import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';
import { onHyprland, user } from './on-hyprland.ts';

const vm = useGuest();

test('the desktop takes its configuration without an error', async () => {
  await vm.guest.waitUntilSucceeds(onHyprland('hyprctl monitors | grep -q Virtual'), 600);
  expect((await vm.guest.succeed(onHyprland('hyprctl configerrors'))).trim()).toMatch(/^(no errors)?$/);
});

test('bar and wallpaper are on the screen', async () => {
  await vm.guest.waitUntilSucceeds(onHyprland('hyprctl layers | grep -q "namespace: waybar"'), 300);
  await vm.guest.waitUntilSucceeds(onHyprland('hyprctl layers | grep -q "namespace: wallpaper"'), 300);
});

test('no unit of the user failed', async () => {
  const failed = await vm.guest.succeed(
    `systemctl --user --machine=${user}@ list-units --failed --plain --no-legend`,
  );
  expect(failed.trim()).toBe('');
});

test('a terminal opens', async () => {
  await vm.guest.succeed(onHyprland(`hyprctl dispatch 'hl.dsp.exec_cmd("uwsm app -- foot")'`));
  await vm.guest.waitUntilSucceeds(onHyprland('hyprctl clients | grep -q "class: foot"'), 300);
  await vm.guest.succeed(onHyprland('pkill --full "foot$"'));
});
