import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'terminal-ai',
  summary:
    'the local model in the terminal: ask, explain, suggest, llm, clnkr, Vim and git messages, for every user',
  requirements: ['DSK-06', 'DEV-01', 'DEV-07', 'APP-01', 'OFF-01'],
  options: {},
  effect: (_, { features: { inference } }) => ({
    values: { port: Number(inference?.port ?? 0) },
    requires: ['inference'],
  }),
});
