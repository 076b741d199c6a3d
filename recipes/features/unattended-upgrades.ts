import { defineFeature } from '../../build/model/define.ts';
import { python } from './disk.ts';

export default defineFeature({
  name: 'unattended-upgrades',
  summary: 'installs security updates by itself, and nothing else',
  requirements: ['UPD-01'],
  options: {},
  hygiene: {
    generated: {
      ...python,
      '^etc/apt/apt\\.conf\\.d/(20auto-upgrades|50unattended-upgrades)$': 'made by the package with ucf',
      '^var/lib/ucf/(cache(/.*)?|hashfile|registry)$': 'made by ucf',
    },
  },
  effect: () => ({ enable: ['unattended-upgrades.service'] }),
});
