import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'system',
  summary: 'kernel, systemd, apt: what every image stands on',
  requirements: ['BOOT-03', 'BOOT-14', 'BOOT-17', 'BLD-05', 'MON-04'],
  options: {
    hostname: {
      description: 'name of the machine',
      type: 'string',
      default: 'ingot',
      pattern: '^[a-z][a-z0-9-]*$',
    },
  },
  effect: ({ hostname }) => ({
    values: { hostname: String(hostname) },
    enable: ['systemd-timesyncd.service', 'systemd-oomd.service', 'systemd-oomd.socket', 'fstrim.timer'],
    // Nobody sits at a first boot to answer questions.
    mask: ['systemd-firstboot.service'],
  }),
});
