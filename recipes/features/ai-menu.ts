import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'ai-menu',
  summary: 'a keyboard menu of what the local model can do with the selected text',
  requirements: ['DSK-03', 'DSK-04', 'DSK-06'],
  options: {},
  effect: () => ({ requires: ['assistant', 'terminal-ai'] }),
});
