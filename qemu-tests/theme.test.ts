import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';
import { onXfce } from './on-xfce.ts';

const vm = useGuest();

test('windows, icons and pointer are those of the theme, which is there', async () => {
  const asked = async (property: string) =>
    (await vm.guest.succeed(onXfce(`xfconf-query --channel xsettings --property ${property}`))).trim();
  await vm.guest.waitUntilSucceeds(onXfce('xfconf-query --list'), 300);
  await vm.guest.succeed(`test -d "/usr/share/themes/${await asked('/Net/ThemeName')}/gtk-3.0"`);
  await vm.guest.succeed(`test -e "/usr/share/icons/${await asked('/Net/IconThemeName')}/index.theme"`);
  await vm.guest.succeed(`test -d "/usr/share/icons/${await asked('/Gtk/CursorThemeName')}/cursors"`);
});

test('the wallpaper can be drawn', async () => {
  const wallpaper = '/usr/share/images/desktop-base/default';
  expect(await vm.guest.succeed(`readlink --canonicalize ${wallpaper}`)).toMatch(/ingot\.svg/);
  await vm.guest.succeed('ls /usr/lib/*/gdk-pixbuf-2.0/*/loaders/*svg*');
});

test('the boot screen has its theme, and has gone', async () => {
  expect((await vm.guest.succeed('plymouth-set-default-theme')).trim()).toBe('ingot');
  expect(await vm.guest.succeed('cat /proc/cmdline')).toMatch(/\bsplash\b/);
  await vm.guest.waitUntilSucceeds('! plymouth --ping', 300);
  await vm.guest.succeed(
    'systemctl show --value --property=Result plymouth-start | grep --line-regexp success',
  );
});
