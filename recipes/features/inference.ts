import { defineFeature } from '../../build/model/define.ts';
import type { ServedModel } from '../../build/model/served.ts';

/** Files that make llama-server start one process for each model, and hand requests on to it. */
const forSeveral = [
  'usr/bin/ai-default-model',
  'usr/lib/systemd/system/llama-server.service.d/10-several-models.conf',
  'usr/libexec/ingot/llama-server-models',
  'usr/share/ai/served-models',
];

export default defineFeature({
  name: 'inference',
  summary:
    'llama.cpp serving the models on loopback and a UNIX socket, sandboxed, within limits taken from the machine',
  requirements: [
    'RT-01',
    'RT-07',
    'RT-08',
    'RT-09',
    'RT-10',
    'RT-15',
    'MEM-07',
    'API-02',
    'BLD-09',
    'MOD-04',
    'SEC-01',
    'SEC-02',
    'SEC-04',
    'SEC-07',
    'MON-05',
    'OFF-01',
  ],
  options: {
    // llama-server's own default port in 0.7.0.
    port: {
      description: 'TCP port on 127.0.0.1',
      type: 'integer',
      default: 9931,
      minimum: 1024,
      maximum: 65535,
    },
    contextTokens: {
      description: 'context shared by all requests',
      type: 'integer',
      default: 4096,
      minimum: 256,
      maximum: 2 ** 31 - 1,
    },
  },
  hygiene: {
    generated: { 'usr/share/llama.cpp/llama-server/default-ui': 'a link that llama.cpp-tools makes' },
  },
  service: 'llama-server.service',
  effect: ({ port, contextTokens }, { features, models }) => ({
    values: {
      port: Number(port),
      contextTokens: Number(contextTokens),
      modelUnit: 'llama-server.service',
      // Pages of the server's own, or none: the origin stays closed to all others.
      pages: features['chat-page'] ? '--ui --path /usr/share/chat-page' : '--no-ui',
      ...(models.length > 1 ? valuesOf(models) : {}),
    },
    leaveOut: models.length > 1 ? [] : forSeveral,
    ports: [`tcp ${port} llama-server`],
    enable: ['llama-server.service', 'llama-server-tune.service'],
    needsModel: 'chat',
  }),
});

function valuesOf(models: ServedModel[]) {
  return {
    modelCount: models.length,
    modelNames: models.map(({ name }) => name).join(', '),
    modelTable: models.map(({ name, role, path }) => `${name} ${role} ${path}\n`).join(''),
  };
}
