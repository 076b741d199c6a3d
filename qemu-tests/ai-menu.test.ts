import { test } from 'vitest';
import { pressKeys } from '../build/vm/qmp.ts';
import { session, useGuest } from './guest.ts';
import { onHyprland } from './on-hyprland.ts';

const vm = useGuest();
const menu = onHyprland('hyprctl layers | grep -q "namespace: launcher"');

test('a key opens the menu, which has the selected text summarised', async () => {
  await vm.guest.waitUntilSucceeds(onHyprland('hyprctl layers | grep -q "namespace: waybar"'), 600);
  await vm.guest.succeed(onHyprland('sh -c "echo A small text about Debian. | wl-copy --primary"'));
  await pressKeys(session.monitorSocket, 'meta_l', 'a');
  await vm.guest.waitUntilSucceeds(menu, 120);
  for (const letter of ['s', 'u', 'm']) await pressKeys(session.monitorSocket, letter);
  await pressKeys(session.monitorSocket, 'ret');
  await vm.guest.waitUntilSucceeds(onHyprland('hyprctl clients | grep -q "class: ingot.Assistant"'), 300);
});

test('the answer arrives in the window', async () => {
  const state = 'gdbus call --session --dest ingot.Assistant --object-path /ingot/Assistant';
  const describe = `${state} --method org.gtk.Actions.Describe state`;
  await vm.guest.waitUntilSucceeds(onHyprland(`sh -c "${describe} | grep -q busy"`), 120);
  await vm.guest.waitUntilSucceeds(onHyprland(`sh -c "${describe} | grep -q idle"`), 600);
});
