import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'jupyter',
  summary: "Jupyter's server and console with a Python kernel, for notebooks from any editor that knows them",
  requirements: ['DEV-06', 'LANG-01'],
  options: {},
  hygiene: {
    publishedKeys: {
      'usr/lib/python3/dist-packages/tornado/test/test.key':
        "for Tornado's own tests; it is in every copy of it",
    },
    generated: {
      // The debugger of the Python kernel brings gdb.
      '^etc/profile\\.d/debuginfod\\.c?sh$': 'made by libdebuginfod-common with ucf',
    },
  },
  effect: () => ({}),
});
