import { defineFeature } from '../../../../model/define.ts';

export default defineFeature({
  name: 'console-setup',
  summary: 'keyboard layout and font of the console',
  requirements: [],
  options: {},
  hygiene: {
    generated: {
      '^etc/default/(keyboard|console-setup)$': 'made by keyboard-configuration and console-setup',
      '^etc/console-setup/cached_.*$': 'made by console-setup',
    },
  },
  effect: () => ({ enable: ['console-setup.service', 'keyboard-setup.service'] }),
});
