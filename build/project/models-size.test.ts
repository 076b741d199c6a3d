import { expect, it } from 'vitest';
import type { Tree } from '../model/types.ts';
import { renderOverlay } from '../resolve/overlay.ts';
import { renderTree } from '../resolve/tree.ts';
import { modelsSize } from '../stages/models-size.ts';
import { readImage } from './inputs.ts';

/** The definitions that the stage is given when the recipe gives the models' partition this size. */
async function definitions(sizeMiB?: number): Promise<Tree> {
  const image = structuredClone(await readImage('nanite-server', 'qcow2'));
  image.disk!.partitions.find(({ role }) => role === 'models')!.sizeMiB = sizeMiB;
  return renderTree({ ...image, overlay: renderOverlay(image) });
}

it("gives the models' partition whole MiB where the recipe gives it no size", async () => {
  const [size] = modelsSize(await definitions(), 39.5 * 2 ** 20);
  expect(size).toMatchObject({
    path: 'repart.d/30-models.conf.d/20-models.conf',
    content: '[Partition]\nCopyBlocks=\nSizeMinBytes=40M\nSizeMaxBytes=40M\n',
  });
});

it('leaves the size that the recipe gives', async () => {
  const [size] = modelsSize(await definitions(40), 39.5 * 2 ** 20);
  expect(size).toMatchObject({ content: '[Partition]\nCopyBlocks=\n' });
});

it('refuses models that are larger than that', async () => {
  const tree = await definitions(39);
  expect(() => modelsSize(tree, 39.5 * 2 ** 20)).toThrow(
    expect.objectContaining({
      code: 'RECIPE_INVALID',
      message: 'partition models has 39 MiB, but the file system of the models needs 40',
      hint: "raise the partition's sizeMiB in the recipe, or leave it out: the partition then fits the models",
    }),
  );
});
