import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'valkey',
  summary: "Valkey, which speaks Redis' protocol, by its socket alone; off until asked",
  requirements: ['DATA-03', 'DATA-06'],
  options: {},
  service: 'valkey-server.service',
  effect: () => ({}),
});
