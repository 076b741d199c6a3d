import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'network',
  summary: 'systemd-networkd with DHCP on every wired interface, systemd-resolved',
  requirements: ['BOOT-17'],
  options: {},
  effect: () => ({
    enable: [
      'systemd-networkd.service',
      'systemd-networkd.socket',
      'systemd-network-generator.service',
      'systemd-resolved.service',
    ],
    // Nothing on the image waits for a network: the model answers without one.
    mask: ['systemd-networkd-wait-online.service'],
  }),
});
