import { python } from '../../../../../recipes/features/disk.ts';
import { defineFeature } from '../../../../model/define.ts';

export default defineFeature({
  name: 'unattended-upgrades',
  summary: 'installs security updates by itself',
  requirements: [],
  options: {},
  hygiene: {
    generated: {
      ...python,
      '^etc/apt/apt\\.conf\\.d/(20auto-upgrades|50unattended-upgrades)$': 'made by the package with ucf',
    },
  },
  effect: () => ({ enable: ['unattended-upgrades.service'] }),
});
