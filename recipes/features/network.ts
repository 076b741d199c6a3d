import { defineFeature } from '../../build/model/define.ts';

const staticFile = 'usr/lib/systemd/network/75-ingot-static.network';

export default defineFeature({
  name: 'network',
  summary: 'systemd-networkd with DHCP on every wired interface, or fixed addresses; systemd-resolved',
  requirements: ['BOOT-17'],
  options: {
    addresses: {
      description: 'fixed addresses instead of DHCP, as 192.0.2.10/24',
      type: 'array',
      default: [],
      items: { type: 'string', format: 'ip-network' },
    },
    gateway: {
      description: 'where other networks are reached, with fixed addresses',
      type: 'string',
      default: '',
      anyOf: [{ const: '' }, { format: 'ip-address' }],
    },
    dns: {
      description: 'servers of names, with fixed addresses',
      type: 'array',
      default: [],
      items: { type: 'string', format: 'ip-address' },
    },
    interface: {
      description: 'card of the fixed addresses, by name (enp1s0, en*) or MAC address; the others use DHCP',
      type: 'string',
      default: '',
      pattern: '^([a-z][a-z0-9.*-]{0,14}|([0-9a-f]{2}:){5}[0-9a-f]{2})?$',
    },
  },
  hygiene: {
    listeners: {
      'udp 68 systemd-network': 'the DHCP client',
      'udp 546 systemd-network': 'the DHCP client for IPv6',
    },
  },
  effect: ({ addresses, gateway, dns, interface: card }) => ({
    values: {
      match: matchOf(String(card)),
      settings: [
        ...(addresses as string[]).map((address) => `Address=${address}\n`),
        ...(gateway ? [`Gateway=${gateway}\n`] : []),
        ...(dns as string[]).map((server) => `DNS=${server}\n`),
      ].join(''),
    },
    leaveOut: (addresses as string[]).length ? [] : [staticFile],
    problems: problemsOf({
      addresses: addresses as string[],
      gateway: String(gateway),
      others: [...(dns as string[]), String(card)].filter(Boolean),
    }),
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

function matchOf(card: string): string {
  if (!card) return 'Type=ether\nKind=!*';
  return card.includes(':') ? `MACAddress=${card}` : `Name=${card}`;
}

function problemsOf(given: { addresses: string[]; gateway: string; others: string[] }): string[] {
  const { addresses, gateway, others } = given;
  if (!addresses.length)
    return gateway || others.length
      ? ['gateway, dns and interface belong to addresses, and there are none']
      : [];
  // A gateway of IPv6 is often an address of the link, whose network is every card's.
  if (!gateway || gateway.includes(':') || addresses.some((address) => holds(address, gateway))) return [];
  return [`gateway ${gateway} is in none of the networks of ${addresses.join(', ')}`];
}

/** Whether an address of IPv4 is in the network of another, which is written with its length. */
function holds(network: string, address: string): boolean {
  const [base = '', length] = network.split('/');
  if (base.includes(':')) return false;
  const shift = 32 - Number(length);
  return asNumber(base) >> BigInt(shift) === asNumber(address) >> BigInt(shift);
}

function asNumber(address: string): bigint {
  return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}
