import { defineFeature } from '../../build/model/define.ts';
import { opensshClient } from './ssh.ts';

export default defineFeature({
  name: 'model-versioning',
  summary: 'git for large files: git-lfs, and checks before each commit; git-annex by option',
  requirements: ['DEV-07'],
  options: {
    annex: { description: 'git-annex as well', type: 'boolean', default: false },
  },
  hygiene: { ...opensshClient, generated: { 'etc/gitconfig': 'made by git-lfs: its filters' } },
  effect: ({ annex }) => ({ packages: { debian: annex ? ['git-annex'] : [] } }),
});
