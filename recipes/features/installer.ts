import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'installer',
  summary: 'puts the image on a disk of the machine: by a dialogue, or by answers that are handed over',
  requirements: ['BLD-01', 'BLD-07', 'BLD-08'],
  options: {},
  effect: () => ({ enable: ['ingot-install.service'], requires: ['live'] }),
});
