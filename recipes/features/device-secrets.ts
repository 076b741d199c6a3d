import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'device-secrets',
  summary: 'random secrets that the machine makes at its first start, for programs that need one',
  requirements: ['AUTH-03', 'CFG-14'],
  everyStart: true,
  options: {
    names: {
      description: 'names of the secrets: files in /var/lib/device-secrets that root alone reads',
      type: 'array',
      default: ['session', 'backup'],
      items: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,30}$' },
    },
  },
  effect: ({ names }) => ({
    values: { names: (names as string[]).join(' ') },
    enable: ['device-secrets.service'],
  }),
});
