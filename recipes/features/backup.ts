import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'backup',
  summary: 'restic copies data and settings every night, once the owner has said where to',
  requirements: ['UPD-04'],
  options: {},
  hygiene: {
    publishedKeys: {
      'usr/share/doc/restic/html/080_examples.html': 'an example of its documentation',
      'usr/share/doc/restic/html/_sources/080_examples.rst.txt': 'an example of its documentation',
    },
  },
  effect: () => ({ enable: ['back-up.timer'] }),
});
