import { defineFeature } from '../../build/model/define.ts';

const journal = 'members of systemd-journal and adm read the journal; systemd.conf in tmpfiles.d says so';

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
  },
  hygiene: {
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
  },
  effect: ({ hostname }) => ({
    values: { hostname: String(hostname) },
    enable: ['systemd-timesyncd.service', 'systemd-oomd.service', 'systemd-oomd.socket', 'fstrim.timer'],
    // Nobody sits at a first boot to answer questions.
    mask: ['systemd-firstboot.service'],
  }),
});
