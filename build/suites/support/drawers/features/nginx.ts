import { defineFeature } from '../../../../model/define.ts';

export default defineFeature({
  name: 'nginx',
  summary: 'a web server',
  requirements: [],
  options: {},
  hygiene: {
    listeners: { 'tcp 80 nginx': 'the page that the package brings' },
    generated: {
      '^etc/nginx/(sites-enabled/default|modules-enabled/50-mod-[a-z-]+\\.conf)$':
        'links that its packages make',
      '^var/www(/html(/index\\.nginx-debian\\.html)?)?$': 'the page that nginx-common copies',
    },
  },
  effect: () => ({ enable: ['nginx.service'] }),
});
