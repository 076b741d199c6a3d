import type { Backend } from '../../model/backend.ts';
import type { Tree } from '../../model/types.ts';
import { liveBuildOptions } from './options.ts';
import { modelsOnMedium, renderLiveBuild } from './render.ts';

/** Debian's own tool for live media. */
export const liveBuild: Backend = {
  name: 'live-build',
  medium: 'iso',
  distros: ['debian'],
  render: renderLiveBuild,
  options(image) {
    const { override, outputFile } = liveBuildOptions(image);
    return { tree: mediumPart(renderLiveBuild(image)), config: override, root: 'chroot', image: outputFile };
  },
  program: { folder: new URL('./', import.meta.url).href, files: ['iso.sh'] },
  inside: { root: '/live/filesystem.squashfs', models: `/${modelsOnMedium}` },
};

/**
 * The overlay and the package lists are in the finished root already; what makes the medium is what is left.
 */
function mediumPart(tree: Tree): Tree {
  return tree.filter((entry) => !/^config\/(includes\.chroot|package-lists|archives)/.test(entry.path));
}
