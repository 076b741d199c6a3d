import { defineFeature } from '../../build/model/define.ts';
import { python } from './disk.ts';

export default defineFeature({
  name: 'editors',
  summary: 'Geany, Neovim and Helix, each with a language server for Python',
  requirements: ['DEV-01'],
  options: {},
  hygiene: { generated: python },
  effect: () => ({}),
});
