import { defineFeature } from '../../build/model/define.ts';

/** Besides that for wired networks, which the feature's list has. */
const common = [
  'firmware-amd-graphics',
  'firmware-atheros',
  'firmware-brcm80211',
  'firmware-intel-graphics',
  'firmware-intel-misc',
  'firmware-iwlwifi',
  'firmware-mediatek',
];

export default defineFeature({
  name: 'firmware',
  summary: 'firmware that real machines load into their network cards, radios and graphics',
  requirements: ['BOOT-14'],
  options: {
    for: {
      description: 'wired networks alone (56 MiB), or radios and graphics of Intel and AMD as well (600 MiB)',
      type: 'string',
      default: 'common',
      enum: ['wired', 'common'],
    },
    nvidiaGraphics: {
      description: "that of NVIDIA's graphics as well (150 MiB)",
      type: 'boolean',
      default: false,
    },
  },
  effect: (options) => ({
    packages: {
      debian: [
        ...(options.for === 'common' ? common : []),
        ...(options.nvidiaGraphics ? ['firmware-nvidia-graphics'] : []),
      ],
    },
  }),
});
