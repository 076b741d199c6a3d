import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'valkey',
  summary: "Valkey, which speaks Redis' protocol, by its socket alone; off until asked",
  requirements: ['DATA-03', 'DATA-06'],
  options: {},
  // What the packages would give to the service: their settings, with the rights of its group.
  early: ['etc/tmpfiles.d/valkey-server.conf', 'etc/tmpfiles.d/valkey-tools.conf'],
  service: 'valkey-server.service',
  effect: () => ({}),
});
