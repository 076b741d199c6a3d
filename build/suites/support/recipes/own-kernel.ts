import synapse from '../../../../recipes/synapse.ts';
import { defineRecipe } from '../../../model/define.ts';

export default defineRecipe({
  ...synapse,
  name: 'own-kernel',
  summary: 'synapse with a kernel that is built for it',
  kernel: {
    version: '7.2',
    base: 'defconfig',
    fragments: ['virtual-machine', 'images', 'inference', 'minimal', 'reproducible'],
  },
});
