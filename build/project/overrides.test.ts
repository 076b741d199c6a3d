import { expect, it } from 'vitest';
import { readRecipe } from './inputs.ts';

it("takes --disk-size in place of the recipe's size and leaves the partitions", async () => {
  const own = await readRecipe('nanite-server');
  const { disk } = await readRecipe('nanite-server', { diskSize: '12GiB' });
  expect(disk).toEqual({ ...own.disk, sizeMiB: 12288 });
});
