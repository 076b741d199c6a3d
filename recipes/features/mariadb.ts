import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'mariadb',
  summary: 'MariaDB by its socket alone, off until asked; the machine makes the database at its first start',
  requirements: ['DATA-02', 'DATA-06'],
  options: {},
  service: 'mariadb.service',
  effect: () => ({}),
});
