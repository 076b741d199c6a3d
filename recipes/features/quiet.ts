import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'quiet',
  summary: 'nothing runs that was not asked for, also when a package is installed later that would',
  requirements: ['BOOT-04', 'BOOT-05', 'SEC-09', 'MON-06'],
  options: {},
  effect: () => ({
    mask: [
      // What Debian runs by the clock.
      ...['apt-daily.timer', 'apt-daily-upgrade.timer', 'dpkg-db-backup.timer', 'e2scrub_all.timer'],
      ...['avahi-daemon.service', 'avahi-daemon.socket', 'bluetooth.service'],
      ...['cups.service', 'cups.socket', 'cups.path'],
      ...['ModemManager.service', 'wpa_supplicant.service', 'accounts-daemon.service'],
      ...['upower.service', 'switcheroo-control.service'],
    ],
  }),
});
