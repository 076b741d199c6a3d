import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'modules',
  summary:
    'manifests of software that no package brings, each with the container or unit that starts it; off until it is brought to the machine',
  requirements: [],
  options: {},
  effect: () => ({ requires: ['podman'] }),
});
