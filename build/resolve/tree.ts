import { renderLiveBuild } from '../backends/live-build/render.ts';
import { renderRepartTree } from '../backends/repart/render.ts';
import type { Image, Tree } from '../model/types.ts';
import { firmwareOf } from './disk-checks.ts';
import { definitions } from './disk-files.ts';
import { renderOverlay, splitOverlay } from './overlay.ts';

/** The configuration directory of the image's backend: what its stock tool is given. */
export function renderTree(image: Image): Tree {
  if (image.target.backend === 'repart') {
    const bios = firmwareOf(image.recipe, image.target).includes('bios');
    return renderRepartTree(image, { definitions: definitions(image), bios });
  }
  return renderLiveBuild(image, splitOverlay(renderOverlay(image)));
}
