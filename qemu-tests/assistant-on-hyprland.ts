import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveScreen } from '../build/vm/qmp.ts';
import { modelUrl, session, useGuest } from './guest.ts';
import { onHyprland, user } from './on-hyprland.ts';

const vm = useGuest();
const home = `/home/${user}`;

test('a file is summarised in the window', async () => {
  await vm.guest.waitUntilSucceeds(`curl --silent --fail ${modelUrl()}/health`, 240);
  await vm.guest.waitUntilSucceeds(onHyprland('hyprctl monitors | grep -q Virtual'), 600);
  // The smallest answer that can be seen: the model for tests ends none by itself.
  const settings = `${home}/.config/assistant.conf`;
  await vm.guest.succeed(`printf '[answers]\\nlongest = 24\\n' > ${settings}; chown ${user}: ${settings}
    echo The tree has small leaves. > ${home}/tree.txt; chown ${user}: ${home}/tree.txt`);
  const questions =
    "journalctl --unit llama-server --output cat --no-pager | grep --count 'processing task' || true";
  const before = await vm.guest.succeed(questions);
  await vm.guest.succeed(
    onHyprland(`HOME=${home} systemd-run --user --quiet assistant summarise ${home}/tree.txt`),
  );
  // An answer may be faster than a look at the window's state: the server notes each question.
  const state = 'busctl --user call ingot.Assistant /ingot/Assistant org.gtk.Actions Describe s state';
  await vm.guest.waitUntilSucceeds(`test "$(${questions})" -gt ${before.trim()}`, 120);
  await vm.guest.waitUntilSucceeds(`${onHyprland(state)} | grep --fixed-strings '"idle"'`, 300);
  expect(await vm.guest.succeed(onHyprland('hyprctl clients'))).toContain('title: Assistant');
  await saveScreen(session.monitorSocket, join(session.folder, 'assistant-file.png'));
});
