import { python } from '../../../../../recipes/features/disk.ts';
import { defineFeature } from '../../../../model/define.ts';

export default defineFeature({
  name: 'fail2ban',
  summary: 'locks out addresses that guess passwords',
  requirements: [],
  options: {},
  hygiene: {
    publishedKeys: {
      'usr/lib/python3/dist-packages/fail2ban/tests/action_d/test_smtp.py':
        'a key for its own tests; it opens nothing',
    },
    generated: python,
  },
  effect: () => ({ enable: ['fail2ban.service'] }),
});
