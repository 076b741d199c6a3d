import naniteServer from '../../../../recipes/nanite-server.ts';
import { defineRecipe } from '../../../model/define.ts';

/** Features that bring them; those in `build/suites/support/drawers` are only this recipe's. */
const added = [
  'cron',
  'nginx',
  'nfs-client',
  'postgresql',
  'unattended-upgrades',
  'console-setup',
  'fail2ban',
];

export default defineRecipe({
  ...naniteServer,
  name: 'services',
  summary: 'packages that bring cron jobs, users, set-uid programs and listeners',
  features: [
    ...naniteServer.features.filter(({ name }) => name !== 'inference'),
    ...added.map((name) => ({ name, options: {} })),
  ],
  models: [],
});
