import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'postgresql',
  summary: 'PostgreSQL with pgvector, by its socket alone; the machine makes the database at its first start',
  requirements: ['DATA-01', 'DATA-07'],
  options: {},
  // A database has an identifier of its own: none is made with the image.
  early: ['etc/postgresql-common/createcluster.d/ingot.conf'],
  hygiene: {
    users: { postgres: 'postgresql-common makes it with adduser' },
    groups: { postgres: 'postgresql-common makes it with adduser' },
    shells: { 'postgres /bin/bash': 'administrators become it to reach the database' },
    members: { 'postgres ssl-cert': 'reads the key that ssl-cert makes' },
    owners: { 'etc/postgresql postgres': 'each database has its settings below it' },
    caches: { 'var/cache/postgresql/dicts': 'an empty folder of postgresql-common, for dictionaries' },
    modes: { 'etc/ssl/private 0710 root:ssl-cert': 'members of the group reach keys whose names they know' },
    generated: {
      '^etc/postgresql-common/(createcluster\\.conf|root\\.crt)$': 'made by postgresql-common',
      '^var/(cache|lib)/postgresql(/dicts)?$': 'made by postgresql-common',
      'etc/apt/apt.conf.d/02autoremove-postgresql':
        'made by postgresql-common: a version with a database is not removed',
    },
  },
  service: 'postgresql.service',
  effect: () => ({ enable: ['postgresql.service', 'postgresql-first-start.service'] }),
});
