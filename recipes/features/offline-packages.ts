import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'offline-packages',
  summary: 'a cache of packages for this machine and others that needs no internet; off until asked',
  requirements: ['OFF-02'],
  options: {},
  hygiene: {
    users: { 'apt-cacher-ng': 'its package makes it, for the cache alone' },
    groups: { 'apt-cacher-ng': 'its package makes it' },
    setGid: {
      'var/cache/apt-cacher-ng': 'the cache belongs to the group of the service',
      'var/log/apt-cacher-ng': 'so do its logs',
    },
    cronJobs: { 'etc/cron.daily/apt-cacher-ng': "apt-cacher-ng's own; needs cron, which is not there" },
    generated: {
      '^etc/apt-cacher-ng/(backends_(debian|debvol|ubuntu)|zz_debconf\\.conf)$': 'made by apt-cacher-ng',
      '^var/(lib/apt-cacher-ng/backends_(debian|ubuntu)\\.default|(cache|log)/apt-cacher-ng)$':
        'made by apt-cacher-ng',
    },
  },
  effect: () => ({ ports: ['tcp 3142 apt-cacher-ng'] }),
});
