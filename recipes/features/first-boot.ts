import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'first-boot',
  summary:
    'takes language, time zone, keyboard, name and passwords from systemd credentials at the first start',
  requirements: ['INS-02'],
  options: {},
  hygiene: {
    generated: {
      '^etc/default/(keyboard|console-setup)$': 'made by keyboard-configuration and console-setup',
      '^etc/console-setup/cached_.*$': 'made by console-setup',
      '^var/lib/dracut(/.*)?$': 'made by console-setup, for the initramfs',
    },
  },
  effect: () => ({
    enable: ['first-boot-settings.service', 'keyboard-setup.service', 'console-setup.service'],
  }),
});
