import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'nginx',
  summary:
    'nginx on loopback, for pages and sites of your own, and as a proxy before the model; off until asked',
  requirements: ['DATA-05', 'DATA-06'],
  options: {
    port: {
      description: 'TCP port on 127.0.0.1',
      type: 'integer',
      default: 8090,
      minimum: 1024,
      maximum: 65535,
    },
  },
  hygiene: {
    generated: {
      '^etc/nginx/(sites-enabled/default|modules-enabled/50-mod-[a-z-]+\\.conf)$':
        'links that its packages make',
      '^var/www(/html(/index\\.nginx-debian\\.html)?)?$': 'the page that nginx-common copies',
    },
  },
  service: 'nginx.service',
  effect: ({ port }, { features }) => ({
    values: { port: Number(port), model: features.inference ? proxyTo(Number(features.inference.port)) : '' },
    ports: [`tcp ${port} nginx`],
  }),
});

/** Answers come as they are made, and may take long. */
function proxyTo(port: number): string {
  return `	location /v1/ {
		proxy_pass http://127.0.0.1:${port};
		proxy_buffering off;
		proxy_read_timeout 1h;
	}`;
}
