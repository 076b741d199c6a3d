import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'offline-docs',
  summary: 'manual pages and the documentation of Python; of NumPy, pandas and scikit-learn by option',
  requirements: ['OFF-04'],
  options: {
    data: { description: 'documentation of the libraries for data', type: 'boolean', default: false },
  },
  hygiene: {
    cronJobs: {
      'etc/cron.daily/man-db': "man-db's own; leaves the work to its timer under systemd",
      'etc/cron.weekly/man-db': "man-db's own; leaves the work to its timer under systemd",
    },
    generated: { 'var/lib/man-db/auto-update': 'made by man-db' },
  },
  effect: ({ data }) => ({
    packages: { debian: data ? ['python-numpy-doc', 'python-pandas-doc', 'python-sklearn-doc'] : [] },
  }),
});
