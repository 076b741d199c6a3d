import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { record, session, useGuest } from './guest.ts';
import { onXfce, user } from './on-xfce.ts';
import { film, pdfOf } from './sample-files.ts';

const vm = useGuest();

/** Windows that can be seen, a line each: their workspace, or -1 for all of them, and their title. */
const windows = onXfce(
  `sh -c 'for window in $(xdotool search --onlyvisible --class .); do
    echo "$(xdotool get_desktop_for_window $window) $(xdotool getwindowname $window)"; done'`,
);

test('the session is up: window manager, panel, desktop, settings, file manager', async () => {
  for (const program of ['xfce4-session', 'xfwm4', 'xfce4-panel', 'xfdesktop', 'xfsettingsd'])
    await vm.guest.waitUntilSucceeds(`pgrep --full --euid ${user} '(^|/)${program}( |$)'`, 300);
  const type = `loginctl list-sessions --no-legend | awk '$3 == "${user}" { print $1 }' |
    xargs -n 1 loginctl show-session --value --property=Type | grep --line-regexp x11`;
  await vm.guest.waitUntilSucceeds(type, 60);
});

test("no unit of the user's failed", async () => {
  const activating = onXfce('systemctl --user list-units --state=activating --no-legend --plain');
  await vm.guest.waitUntilSucceeds(`test -z "$(${activating})"`, 120);
  const failed = await vm.guest.succeed(onXfce('systemctl --user --failed --no-legend --plain'));
  expect(failed.trim()).toBe('');
});

test('the panel and the desktop are on the screen, and nothing that asks', async (context) => {
  for (const title of ['xfce4-panel', 'Desktop'])
    await vm.guest.waitUntilSucceeds(`${windows} | grep --line-regexp -e '-1 ${title}'`, 300);
  const seen = (await vm.guest.succeed(windows)).split('\n');
  record(context, { windows: seen });
  // Panel and desktop are on all workspaces; a dialog is on one.
  expect(seen.filter((window) => /^\d/.test(window))).toEqual([]);
});

test('the screen is not one colour', async () => {
  // A picture of one colour, or of a few bars, takes some kilobytes as a PNG; the wallpaper alone takes more.
  const picture = '/tmp/ingot-screen.png';
  await vm.guest.succeed(onXfce(`timeout 120 xfce4-screenshooter --fullscreen --save ${picture}`));
  expect(Number(await vm.guest.succeed(`stat --format=%s ${picture}`))).toBeGreaterThan(60_000);
});

test('settings are those of the image, and can be read', async () => {
  const query = (channel: string, property: string) =>
    vm.guest.succeed(onXfce(`xfconf-query --channel ${channel} --property ${property}`));
  expect((await query('xfce4-screensaver', '/lock/enabled')).trim()).toBe('false');
  expect(await query('xfce4-panel', '/plugins/plugin-1')).toContain('whiskermenu');
});

test('a file of each common kind has a program that opens it', async () => {
  for (const kind of ['text/plain', 'image/png', 'inode/directory', 'application/zip']) {
    const program = (await vm.guest.succeed(onXfce(`xdg-mime query default ${kind}`))).trim();
    expect(program, kind).toMatch(/\.desktop$/);
  }
});

test('programs that XFCE starts by their kind are chosen, and there', async () => {
  const chosen = await vm.guest.succeed('cat /usr/share/ingot/xdg/xfce4/helpers.rc');
  for (const [, helper] of chosen.matchAll(/^\w+=(.+)$/gm)) {
    const file = `/usr/share/xfce4/helpers/${helper}.desktop`;
    const programs = (await vm.guest.succeed(`sed -n 's/^X-XFCE-Binaries=//p' ${file}`)).split(';');
    const found = programs.map((program) => `command -v '${program.trim()}'`).join(' || ');
    await vm.guest.succeed(`grep -q ^X-XFCE-Commands= ${file} && { ${found}; }`);
  }
});

test('icons that the image puts on the desktop are there, trusted, and may be removed', async () => {
  const script = '/usr/libexec/ingot/desktop-icons';
  for (const name of String(session.feature('xfce').values.desktopIcons).split(' ').filter(Boolean)) {
    const icon = `/home/${user}/Desktop/${name}`;
    await vm.guest.waitUntilSucceeds(`test -x ${icon}`, 120);
    const info = await vm.guest.succeed(onXfce(`gio info --attributes=metadata::xfce-exe-checksum ${icon}`));
    const sum = await vm.guest.succeed(`sha256sum < ${icon}`);
    expect(info).toContain(sum.split(' ')[0]);
    await vm.guest.succeed(`mv ${icon} ${icon}.away`);
    try {
      await vm.guest.succeed(onXfce(script));
      await vm.guest.fail(`test -e ${icon}`);
    } finally {
      await vm.guest.succeed(`mv ${icon}.away ${icon}`);
    }
  }
});

test('pictures, documents and films have previews', async () => {
  const folder = `/home/${user}/.cache/previews`;
  await vm.guest.succeed(onXfce(`mkdir --parents ${folder}`));
  const files = { 'a.pdf': pdfOf('A page'), 'a.avi': film() };
  for (const [name, content] of Object.entries(files))
    await vm.guest.succeed(`echo ${content.toString('base64')} | base64 --decode > ${folder}/${name}`);
  await vm.guest.succeed(`cp /usr/share/pixmaps/debian-logo.png ${folder}/a.png`);
  const kinds = { 'a.pdf': 'application/pdf', 'a.avi': 'video/vnd.avi', 'a.png': 'image/png' };
  const thumbnailer = 'org.freedesktop.thumbnails.Thumbnailer1';
  const object = `${thumbnailer} /${thumbnailer.replaceAll('.', '/')} ${thumbnailer}`;
  for (const [name, kind] of Object.entries(kinds)) {
    const uri = `file://${folder}/${name}`;
    const queue = `Queue asasssu 1 ${uri} 1 ${kind} normal default 0`;
    await vm.guest.succeed(onXfce(`busctl --user --timeout=120 call ${object} ${queue}`));
    const preview = `.cache/thumbnails/normal/${createHash('md5').update(uri).digest('hex')}.png`;
    await vm.guest.waitUntilSucceeds(`test -s /home/${user}/${preview}`, 120);
  }
});
