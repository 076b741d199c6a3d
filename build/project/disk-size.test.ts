import { expect, it } from 'vitest';
import { parseDiskSize } from './disk-size.ts';
import { readRecipe } from './inputs.ts';

it('reads whole numbers with a binary unit', () => {
  expect(['512MiB', '12GiB', '2TiB'].map(parseDiskSize)).toEqual([512, 12288, 2097152]);
});

it.each(['12', '12GB', '0GiB', '1.5GiB', '-1GiB', '12 GiB', ''])(
  'refuses "%s" with what it takes',
  (text) => {
    expect(() => parseDiskSize(text)).toThrow(`--disk-size ${text}: no size`);
  },
);

it("takes the place of the recipe's size and leaves the partitions", async () => {
  const own = await readRecipe('nanite-server');
  const { disk } = await readRecipe('nanite-server', { diskSize: '12GiB' });
  expect(disk).toEqual({ ...own.disk, sizeMiB: 12288 });
});
