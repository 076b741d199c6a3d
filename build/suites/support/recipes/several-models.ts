import account from '../../../../recipes/features/account.ts';
import firstBoot from '../../../../recipes/features/first-boot.ts';
import naniteServer from '../../../../recipes/nanite-server.ts';
import { defineRecipe } from '../../../model/define.ts';

export default defineRecipe({
  ...naniteServer,
  name: 'several-models',
  summary:
    'the default recipe with models for chat, code and search, a user, and settings at the first start',
  features: [...naniteServer.features, account({ name: 'owner', groups: ['video'] }), firstBoot()],
  models: [
    { name: 'smoke', source: 'builtin:smoke' },
    { name: 'coder', source: 'builtin:smoke', role: 'code' },
    { name: 'search', source: 'builtin:smoke-embedding' },
  ],
});
