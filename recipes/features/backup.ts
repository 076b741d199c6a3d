import { defineFeature } from '../../build/model/define.ts';

const example = "example in restic's documentation; the key opens nothing";

export default defineFeature({
  name: 'backup',
  summary: 'restic copies data and settings every night, once the owner has said where to',
  requirements: ['UPD-04'],
  options: {},
  hygiene: {
    publishedKeys: {
      'usr/share/doc/restic/html/080_examples.html': example,
      'usr/share/doc/restic/html/_sources/080_examples.rst.txt': example,
    },
  },
  effect: () => ({ enable: ['back-up.timer'] }),
});
