import { expect, it } from 'vitest';
import { commandLineOf } from '../resolve/disk.ts';
import { renderTree } from '../resolve/tree.ts';
import { readDraft, readImage } from './inputs.ts';

it('starts an ISO with the words of its target and of its features', async () => {
  const image = await readImage('nanite-server', 'iso');
  const target = { ...image.target, kernelCommandLine: ['console=ttyS0,115200'] };
  const { commandLine } = await readDraft(image.recipe, target);
  const script = renderTree({ ...image, target, commandLine }).find(({ path }) => path === 'auto/config');
  const own = commandLineOf(image.recipe, image.target, image.features, undefined);
  expect(own).not.toEqual([]);
  expect((script as { content: string }).content).toContain(`'console=ttyS0,115200 ${own.join(' ')}'`);
});
