import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'chat-page',
  summary:
    "a page to talk to the local model in a browser; the model's server itself hands it out on loopback",
  requirements: ['APP-01', 'API-02', 'SEC-04', 'OFF-01'],
  options: {},
  effect: (_, { features: { inference } }) => ({
    values: { address: `http://127.0.0.1:${Number(inference?.port ?? 0)}/` },
    requires: ['inference'],
  }),
});
