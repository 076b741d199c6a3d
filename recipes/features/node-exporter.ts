import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'node-exporter',
  summary: "Prometheus' exporter of the machine's figures, on loopback",
  requirements: ['MON-01'],
  options: {},
  hygiene: {
    users: { prometheus: 'prometheus-node-exporter makes it with adduser' },
    groups: { prometheus: 'prometheus-node-exporter makes it with adduser' },
  },
  effect: () => ({ ports: ['tcp 9100 prometheus-node'], enable: ['prometheus-node-exporter.service'] }),
});
