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
    generated: { 'var/lib/caddy': 'made by caddy, empty: its certificates come into it' },
  },
  effect: (_options, { features }) => ({
    values: { hostname: String(features.system?.hostname ?? 'ingot') },
    enable: ['caddy.service'],
  }),
});
