import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'model-container',
  summary:
    'model-container@NAME serves a GGUF file that nobody trusts, in a container with no network and no users of the system',
  requirements: ['SEC-01'],
  options: {},
  hygiene: {
    generated: { '^var/lib/(machines|portables)$': 'folders of systemd-container that its tmpfiles.d make' },
  },
  effect: (_options, { features }) => ({
    // An overlay cannot be mounted with other owners: what is below it can.
    values: {
      root: features['read-only-root']
        ? '/run/rootfsbase'
        : features.live
          ? '/run/live/rootfs/filesystem.squashfs'
          : '/',
    },
    requires: ['inference'],
  }),
});
