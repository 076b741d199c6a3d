import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pressKeys, saveScreen } from '../build/vm/qmp.ts';
import { modelUrl, record, session, useGuest } from './guest.ts';
import { onXfce, user } from './on-xfce.ts';

const vm = useGuest();
const { hotkey } = session.feature('assistant').options;
const shown = onXfce("xdotool search --onlyvisible --name '^Assistant$'");
const picture = (name: string) => saveScreen(session.monitorSocket, join(session.folder, `${name}.png`));
/** Waits until the window says that it is idle, busy, or shows an error. */
const until = (state: string) =>
  vm.guest.waitUntilSucceeds(
    `${onXfce('busctl --user call ingot.Assistant /ingot/Assistant org.gtk.Actions Describe s state')} |
      grep --fixed-strings '"${state}"'`,
    300,
  );
/** What Copy puts into the clipboard: at first there is no answer that it could take. */
async function copied(): Promise<string> {
  const paste = 'timeout 10 xclip -out -selection clipboard';
  const copy = onXfce(`sh -c 'xdotool key ctrl+shift+c; sleep 1; ${paste} | grep .'`);
  return vm.guest.waitUntilSucceeds(copy, 120);
}
const close = async () => {
  await vm.guest.succeed(onXfce('xdotool key Escape'));
  await vm.guest.waitUntilSucceeds(`! ${shown}`, 60);
};

test('the hotkey opens the window, with the selection as its subject', async (context) => {
  await vm.guest.waitUntilSucceeds(`curl --silent --fail ${modelUrl()}/health`, 240);
  await vm.guest.waitUntilSucceeds(`pgrep --euid ${user} xfsettingsd`, 300);
  // The smallest answer that can be seen: the model for tests ends none by itself.
  const settings = `/home/${user}/.config/assistant.conf`;
  await vm.guest.succeed(`printf '[answers]\\nlongest = 24\\n' > ${settings} && chown ${user}: ${settings}`);
  await vm.guest.succeed(onXfce("sh -c 'echo A green tree | xclip -in -selection primary > /dev/null 2>&1'"));
  expect(hotkey, 'the keys pressed here are those of the default').toBe('<Super>space');
  await pressKeys(session.monitorSocket, 'meta_l', 'spc');
  const started = Date.now();
  await vm.guest.waitUntilSucceeds(shown, 120);
  record(context, { windowSeconds: (Date.now() - started) / 1000 });
  await until('idle');
});

test('an answer arrives in the window, and Copy takes it', async () => {
  await vm.guest.succeed(onXfce("xdotool type --delay 50 'What is it?'"));
  await vm.guest.succeed(onXfce('xdotool key Return'));
  const part = await copied();
  await until('idle');
  await picture('assistant-answer');
  const whole = await copied();
  expect(whole.startsWith(part)).toBe(true);
});

test('the icon is found where menus and panels look for it', async () => {
  const program =
    'import gi; gi.require_version("Gtk", "3.0"); from gi.repository import Gtk; ' +
    'print(Gtk.IconTheme.get_default().lookup_icon("assistant", 48, 0).get_filename())';
  expect(await vm.guest.succeed(onXfce(`python3 -c '${program}'`))).toContain('assistant.svg');
});

test('a second start uses the window that is there', async () => {
  await vm.guest.succeed(onXfce('assistant'));
  expect((await vm.guest.succeed(shown)).trim().split('\n').length).toBe(1);
});

test("the file manager's menu has the assistant's actions, and one gives a result", async () => {
  const menu = await vm.guest.succeed('cat /usr/share/ingot/xdg/Thunar/uca.xml');
  const actions = [...menu.matchAll(/<command>(assistant (\w+) %F)<\/command>/g)].map(([, , name]) => name);
  expect(actions).toEqual(['summarise', 'translate', 'explain', 'transcribe', 'ask']);
  // The file manager takes them from there, as nothing stands before it.
  await vm.guest.succeed(`! test -e /home/${user}/.config/Thunar/uca.xml`);
  const environment = `tr '\\0' '\\n' < /proc/$(pgrep --euid ${user} xfce4-session | head -1)/environ`;
  expect(await vm.guest.succeed(environment)).toMatch(/^XDG_CONFIG_DIRS=\/usr\/share\/ingot\/xdg:/m);
  await vm.guest.succeed(onXfce(`sh -c 'echo The tree has small leaves. > tree.txt'`));
  await vm.guest.succeed(onXfce(`assistant summarise /home/${user}/tree.txt`));
  await until('idle');
  await picture('assistant-file');
  expect((await copied()).length).toBeGreaterThan(0);
});

test('a picture is refused with the reason', async () => {
  await vm.guest.succeed(onXfce("sh -c 'printf GIF89a > a.gif'"));
  await vm.guest.succeed(onXfce('assistant ask a.gif'));
  await until('error');
  await picture('assistant-refusal');
});

test('a long file is cut, and the answer comes', async () => {
  await vm.guest.succeed(onXfce("sh -c 'seq 1 20000 > long.txt'"));
  await vm.guest.succeed(onXfce('assistant explain long.txt'));
  await until('idle');
  await picture('assistant-long');
});

test('without the server the window says so, and goes on when it is back', async () => {
  await vm.guest.succeed('systemctl stop llama-server');
  try {
    await vm.guest.succeed(onXfce('assistant summarise tree.txt'));
    await until('error');
    await picture('assistant-server-down');
  } finally {
    await vm.guest.succeed('systemctl start llama-server');
  }
  await vm.guest.succeed(onXfce('assistant summarise tree.txt'));
  await until('idle');
  await close();
});
