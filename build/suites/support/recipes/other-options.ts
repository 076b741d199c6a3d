import adminTools from '../../../../recipes/features/admin-tools.ts';
import console from '../../../../recipes/features/console.ts';
import inference from '../../../../recipes/features/inference.ts';
import network from '../../../../recipes/features/network.ts';
import ssh from '../../../../recipes/features/ssh.ts';
import system from '../../../../recipes/features/system.ts';
import zram from '../../../../recipes/features/zram.ts';
import naniteServer from '../../../../recipes/nanite-server.ts';
import { defineRecipe } from '../../../model/define.ts';

export default defineRecipe({
  ...naniteServer,
  name: 'other-options',
  summary: 'the default recipe with other values of its options',
  features: [
    system({ hostname: 'other' }),
    network(),
    ssh(),
    console({ user: 'someone' }),
    adminTools(),
    zram({ algorithm: 'lz4' }),
    inference({ port: 8080 }),
  ],
});
