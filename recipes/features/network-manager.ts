import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'network-manager',
  summary: 'NetworkManager for every interface, Wi-Fi among them, with systemd-resolved',
  requirements: ['BOOT-17'],
  options: {},
  hygiene: {
    listeners: {
      'udp 68 NetworkManager': 'the DHCP client',
      'udp 546 NetworkManager': 'the DHCP client for IPv6',
    },
  },
  effect: () => ({
    // It starts wpa_supplicant itself, when there is a card for Wi-Fi.
    enable: [
      'NetworkManager.service',
      'NetworkManager-dispatcher.service',
      // Only what asks for it waits, as user data do.
      'NetworkManager-wait-online.service',
      'systemd-resolved.service',
    ],
    // An interface has one owner; sockets that systemd's package switches on would start the other.
    mask: [
      'systemd-networkd.service',
      'systemd-networkd.socket',
      'systemd-networkd-resolve-hook.socket',
      'systemd-networkd-varlink.socket',
      'systemd-networkd-varlink-metrics.socket',
    ],
    conflicts: ['network'],
  }),
});
