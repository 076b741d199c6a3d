import { defineFeature } from '../../build/model/define.ts';
import { opensshClient } from './ssh.ts';

export default defineFeature({
  name: 'admin-tools',
  summary: "btop, vim and git for the machine's administrator",
  requirements: ['MON-05', 'DEV-07'],
  options: {},
  hygiene: opensshClient,
  effect: () => ({}),
});
