import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'sensors',
  summary: 'temperatures, voltages and fans of the machine',
  requirements: ['MON-03'],
  options: {},
  effect: () => ({ enable: ['lm-sensors.service'] }),
});
