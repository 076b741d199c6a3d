import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'modules',
  summary:
    'manifests of software that no package brings, each with the container or unit that starts it; off until it is brought to the machine',
  requirements: ['CFG-05', 'CFG-12'],
  options: {},
  effect: () => ({ requires: ['podman'], dataPrograms: true }),
});
