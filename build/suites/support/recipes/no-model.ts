import naniteServer from '../../../../recipes/nanite-server.ts';
import { defineRecipe } from '../../../model/define.ts';

export default defineRecipe({
  ...naniteServer,
  name: 'no-model',
  summary: 'the default recipe without a model and what serves it',
  features: naniteServer.features.filter(({ name }) => name !== 'inference'),
  models: [],
});
