import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'firewall',
  summary: 'nftables lets in what the recipe names, and nothing else',
  requirements: ['SEC-07'],
  options: {
    open: {
      description: 'ports that may be reached from the network, as tcp 22',
      type: 'array',
      default: ['tcp 22'],
      items: { type: 'string', pattern: '^(tcp|udp) [1-9][0-9]{0,4}$' },
    },
  },
  effect: ({ open }) => ({
    values: { rules: (open as string[]).map(ruleFor).join('') },
    enable: ['nftables.service'],
  }),
});

function ruleFor(port: string): string {
  return `\t\t${port.replace(' ', ' dport ')} accept\n`;
}
