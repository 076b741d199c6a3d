import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'mdns',
  summary: 'announces the machine in the local network by its name in .local, and finds others',
  requirements: ['AGT-04'],
  options: {
    title: {
      description: 'what the machine is, as others see it',
      type: 'string',
      default: 'AI',
      format: 'one-line',
    },
    announce: {
      description: 'services that are announced, each with its port, as _https._tcp 443',
      type: 'array',
      default: [],
      items: { type: 'string', pattern: '^_[a-z0-9-]{1,15}\\._(tcp|udp) [1-9][0-9]{0,4}$' },
    },
  },
  hygiene: {
    listeners: { 'udp 5353 avahi-daemon': 'questions and answers of the local network' },
    users: { avahi: 'avahi-daemon makes it with adduser' },
    groups: { avahi: 'avahi-daemon makes it with adduser', netdev: 'avahi-daemon makes it with addgroup' },
  },
  effect: ({ title, announce }) => ({
    values: { title: inXml(String(title)), services: (announce as string[]).map(serviceOf).join('') },
    enable: ['avahi-daemon.service', 'avahi-daemon.socket'],
  }),
});

function serviceOf(announced: string): string {
  const [type, port] = announced.split(' ');
  return `  <service>\n    <type>${type}</type>\n    <port>${port}</port>\n  </service>\n`;
}

function inXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
