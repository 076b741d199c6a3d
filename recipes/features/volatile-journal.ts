import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'volatile-journal',
  summary: 'the journal in memory, at most 50 MiB: a crash leaves no log',
  requirements: ['MON-04'],
  options: {},
  effect: () => ({}),
});
