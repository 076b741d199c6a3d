import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'network',
  summary: 'systemd-networkd with DHCP on every wired interface, systemd-resolved',
  requirements: ['BOOT-17'],
  options: {},
  hygiene: {
    listeners: {
      'udp 68 systemd-network': 'the DHCP client',
      'udp 546 systemd-network': 'the DHCP client for IPv6',
    },
  },
  effect: () => ({
    enable: [
      'systemd-networkd.service',
      'systemd-networkd.socket',
      'systemd-network-generator.service',
      // Only what asks for it waits, as user data do: the model answers without a network.
      'systemd-networkd-wait-online.service',
      'systemd-resolved.service',
    ],
  }),
});
