import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'caddy',
  summary: "serves what runs on the machine by HTTPS, with certificates of the machine's own authority",
  requirements: ['SEC-07'],
  options: {},
  hygiene: {
    listeners: {
      'tcp 80 caddy': 'a page that tells what the machine is, and the certificate of its authority',
      'tcp 443 caddy': 'what runs on the machine, encrypted',
    },
    users: { caddy: 'caddy makes it with adduser' },
    groups: { caddy: 'caddy makes it with adduser' },
    members: { 'caddy www-data': 'reads pages that are for web servers' },
    generated: {
      '^var/(lib|log)/caddy$': 'made by caddy: its certificates and its log come into them',
      '^var/lib/caddy/\\.(bash_logout|bashrc|profile)$': 'made by adduser',
    },
  },
  effect: (_options, { features }) => ({
    values: { hostname: String(features.system?.hostname ?? 'ingot') },
    enable: ['caddy.service'],
  }),
});
