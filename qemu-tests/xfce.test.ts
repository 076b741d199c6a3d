import { expect, test } from 'vitest';
import { record, session, useGuest } from './guest.ts';

const vm = useGuest();
const { user } = session.feature('lightdm').values;
const runtime = `/run/user/$(id --user ${user})`;

/** A command as the user sees the desktop. */
const onDesktop = (command: string) =>
  `runuser --user ${user} -- env DISPLAY=:0 XDG_RUNTIME_DIR=${runtime} \\
    DBUS_SESSION_BUS_ADDRESS=unix:path=${runtime}/bus ${command}`;

/** Titles of the windows on the screen, those of the panel and the desktop among them. */
const windows = onDesktop(`xwininfo -root -tree | sed -n 's/^ *0x[0-9a-f]* "\\(.*\\)": .*/\\1/p'`);

test('the session is up: window manager, panel, desktop, settings, file manager', async () => {
  for (const program of ['xfce4-session', 'xfwm4', 'xfce4-panel', 'xfdesktop', 'xfsettingsd'])
    await vm.guest.waitUntilSucceeds(`pgrep --full --euid ${user} '(^|/)${program}( |$)'`, 300);
  const type = `loginctl list-sessions --no-legend | awk '$3 == "${user}" { print $1 }' |
    xargs -n 1 loginctl show-session --value --property=Type | grep --line-regexp x11`;
  await vm.guest.waitUntilSucceeds(type, 60);
});

test("no unit of the user's failed", async () => {
  const activating = onDesktop('systemctl --user list-units --state=activating --no-legend --plain');
  await vm.guest.waitUntilSucceeds(`test -z "$(${activating})"`, 120);
  const failed = await vm.guest.succeed(onDesktop('systemctl --user --failed --no-legend --plain'));
  expect(failed.trim()).toBe('');
});

test('the panel and the desktop are on the screen, and no dialog is', async (context) => {
  await vm.guest.waitUntilSucceeds(`${windows} | grep --line-regexp xfce4-panel`, 300);
  await vm.guest.waitUntilSucceeds(`${windows} | grep --line-regexp Desktop`, 300);
  const shown = (
    await vm.guest.succeed(onDesktop(`xwininfo -root -tree -all | grep -c 'Dialog' || true`))
  ).trim();
  record(context, { windows: (await vm.guest.succeed(windows)).split('\n') });
  expect(shown).toBe('0');
});

test('the screen is not one colour', async () => {
  // A picture of one colour, or of a few bars, takes some kilobytes as a PNG; the wallpaper alone takes more.
  const picture = '/tmp/ingot-screen.png';
  await vm.guest.succeed(onDesktop(`timeout 120 xfce4-screenshooter --fullscreen --save ${picture}`));
  expect(Number(await vm.guest.succeed(`stat --format=%s ${picture}`))).toBeGreaterThan(60_000);
});

test('settings are those of the image, and can be read', async () => {
  const query = (channel: string, property: string) =>
    vm.guest.succeed(onDesktop(`xfconf-query --channel ${channel} --property ${property}`));
  expect((await query('xfce4-screensaver', '/lock/enabled')).trim()).toBe('false');
  expect(await query('xfce4-panel', '/plugins/plugin-1')).toContain('whiskermenu');
});

test('a file of each common kind has a program that opens it', async () => {
  for (const kind of ['text/plain', 'image/png', 'inode/directory', 'application/zip']) {
    const program = (await vm.guest.succeed(onDesktop(`xdg-mime query default ${kind}`))).trim();
    expect(program, kind).toMatch(/\.desktop$/);
  }
});

test('icons that the image puts on the desktop are there, trusted, and may be removed', async () => {
  const script = '/usr/libexec/ingot/desktop-icons';
  for (const name of String(session.feature('xfce').values.desktopIcons).split(' ').filter(Boolean)) {
    const icon = `/home/${user}/Desktop/${name}`;
    await vm.guest.waitUntilSucceeds(`test -x ${icon}`, 120);
    const info = await vm.guest.succeed(
      onDesktop(`gio info --attributes=metadata::xfce-exe-checksum ${icon}`),
    );
    const sum = await vm.guest.succeed(`sha256sum < ${icon}`);
    expect(info).toContain(sum.split(' ')[0]);
    await vm.guest.succeed(`mv ${icon} ${icon}.away`);
    try {
      await vm.guest.succeed(onDesktop(script));
      await vm.guest.fail(`test -e ${icon}`);
    } finally {
      await vm.guest.succeed(`mv ${icon}.away ${icon}`);
    }
  }
});
