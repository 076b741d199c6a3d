import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('it ran at the first start, and asked nobody', async () => {
  expect((await vm.guest.succeed('systemctl is-active first-boot-settings')).trim()).toBe('active');
  await vm.guest.fail('systemctl is-active systemd-firstboot');
});

test('settings are taken from credentials, and a wrong one is reported and left', async () => {
  const given = [
    'firstboot.locale:xx_YY.UTF-8',
    'firstboot.timezone:Europe/Berlin',
    'firstboot.keymap:de(nodeadkeys)',
    'passwd.hashed-password.root:secret',
  ];
  await vm.guest.succeed(
    'mkdir /run/kept; cp -P /etc/locale.conf /etc/localtime /etc/default/keyboard /run/kept/',
  );
  const set = given.map((one) => `--property 'SetCredential=${one}'`).join(' ');
  try {
    await vm.guest.succeed(
      `systemd-run --wait --unit first-boot-trial ${set} /usr/libexec/ingot/first-boot-settings`,
    );
    expect(await vm.guest.succeed('readlink /etc/localtime')).toContain('zoneinfo/Europe/Berlin');
    expect(await vm.guest.succeed('cat /etc/default/keyboard')).toContain(
      'XKBLAYOUT="de"\nXKBVARIANT="nodeadkeys"\n',
    );
    expect(await vm.guest.succeed('cat /etc/locale.conf')).not.toContain('xx_YY');
    const journal = await vm.guest.succeed('journalctl --unit first-boot-trial --output cat --no-pager');
    expect(journal).toContain('credential firstboot.locale was not taken');
    expect(journal).toContain('credential passwd.hashed-password.root was not taken');
    expect(await vm.guest.succeed('getent shadow root')).toMatch(/^root:[!*]/);
  } finally {
    await vm.guest.succeed(`cp -P --remove-destination /run/kept/locale.conf /run/kept/localtime /etc/
      cp /run/kept/keyboard /etc/default/keyboard; rm --recursive /run/kept`);
  }
});
