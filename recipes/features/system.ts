import { defineFeature } from '../../build/model/define.ts';
import type { Allowed, FeatureHygiene, Hygiene } from '../../build/model/hygiene.ts';

/** Read by the packages locales and keyboard-configuration when they are configured. */
const localesFile = 'etc/locale.gen';
const keyboardFile = 'etc/default/keyboard';

const journal = 'members of systemd-journal and adm read the journal; systemd.conf in tmpfiles.d says so';

const hygiene: FeatureHygiene & Pick<Hygiene, 'generated' | 'deadLinks'> = {
  setUid: {
    'usr/lib/dbus-1.0/dbus-daemon-launch-helper':
      'D-Bus starts system services; the group messagebus alone may run it',
  },
  setGid: { 'var/log/journal': journal },
  attributes: {
    'var/log/journal system.posix_acl_access': journal,
    'var/log/journal system.posix_acl_default': journal,
  },
  deadLinks: {
    'etc/vconsole.conf':
      'systemd links it to what keyboard-configuration would bring; without it the layout is US',
  },
  generated: {
    '^etc/(ca-certificates\\.conf|ssl/certs/.+)$': 'made by ca-certificates',
    '^etc/(localtime|default/locale|locale\\.gen|vconsole\\.conf|\\.updated|machine-id)$':
      'made by tzdata, locales and systemd',
    '^(boot/(config|initrd\\.img|vmlinuz|System\\.map)-[^/]+|vmlinuz|initrd\\.img)$':
      'the kernel and its initramfs',
    '^usr/lib/modules/[^/]+/modules\\.(alias|builtin|dep|devname|softdep|symbols|weakdep)[a-z.]*$':
      'made by depmod',
    'etc/modules': 'made by kmod',
    'usr/lib/udev/hwdb.bin': 'made by systemd-hwdb',
    '^etc/systemd/(system|user)/.+$': 'made by systemd, when units are switched on',
    '^etc/rc[0-6S]\\.d/[SK]\\d\\d[\\w.-]+$': 'init scripts, for systems without systemd',
    '^(root/\\.ssh|var/(\\.updated|log/(journal|private)|(cache|lib)/private))$':
      'made by systemd and its tmpfiles.d',
    '^var/lib/systemd/(catalog(/database)?|coredump|ephemeral-trees|network|pstore|deb-systemd-.*)$':
      'made by systemd, in its own folder',
  },
};

const madeByLocales: Allowed = {
  'usr/lib/locale/locale-archive': 'made by locales: the one locale that is asked for',
};

const madeByConsoleSetup: Allowed = {
  '^etc/default/console-setup$': 'made by console-setup',
  '^etc/console-setup/cached_.*$': 'made by console-setup',
};

export default defineFeature({
  name: 'system',
  summary: 'kernel, systemd, apt: what every image stands on',
  requirements: ['BOOT-03', 'BOOT-14', 'BOOT-17', 'BLD-05', 'MON-04'],
  options: {
    hostname: {
      description: 'name of the machine',
      type: 'string',
      default: 'ingot',
      format: 'host-name',
    },
    locale: {
      description: 'language and formats, as de_DE.UTF-8',
      type: 'string',
      default: 'C.UTF-8',
      format: 'locale',
    },
    timezone: {
      description: 'time zone, as Europe/Berlin',
      type: 'string',
      default: 'Etc/UTC',
      format: 'time-zone',
    },
    keymap: {
      description: 'layout of the keyboard, on the console and in desktops, as de or de(nodeadkeys)',
      type: 'string',
      default: 'us',
      format: 'keymap',
    },
  },
  early: [localesFile, keyboardFile],
  hygiene: ({ locale, keymap }) => ({
    ...hygiene,
    generated: {
      ...hygiene.generated,
      ...(locale === 'C.UTF-8' ? {} : madeByLocales),
      ...(keymap === 'us' ? {} : madeByConsoleSetup),
    },
    deadLinks: keymap === 'us' ? hygiene.deadLinks : {},
  }),
  effect: ({ hostname, locale, timezone, keymap }) => ({
    values: {
      hostname: String(hostname),
      locale: String(locale),
      timezone: String(timezone),
      ...layoutOf(String(keymap)),
    },
    packages: {
      debian: [...(locale === 'C.UTF-8' ? [] : ['locales']), ...(keymap === 'us' ? [] : ['console-setup'])],
    },
    leaveOut: [...(locale === 'C.UTF-8' ? [localesFile] : []), ...(keymap === 'us' ? [keyboardFile] : [])],
    ...(timezone === 'Etc/UTC' ? {} : { links: { 'etc/localtime': `/usr/share/zoneinfo/${timezone}` } }),
    enable: [
      'systemd-timesyncd.service',
      'systemd-oomd.service',
      'systemd-oomd.socket',
      'fstrim.timer',
      ...(keymap === 'us' ? [] : ['keyboard-setup.service', 'console-setup.service']),
    ],
    // Nobody sits at a first boot to answer questions.
    mask: ['systemd-firstboot.service'],
  }),
});

/** `de(nodeadkeys)` in the two words that keyboard(5) has for it. */
function layoutOf(keymap: string): { layout: string; variant: string } {
  const [, layout = keymap, variant = ''] = /^([^(]+)\((.+)\)$/.exec(keymap) ?? [];
  return { layout, variant };
}
