import { findBackend } from '../backends/find.ts';
import type { Backend } from '../model/backend.ts';
import type { Image } from '../model/image.ts';
import type { Tree } from '../model/types.ts';

/** The configuration directory of the image's backend: what its stock tool is given. */
export function renderTree(image: Image): Tree {
  return backendOf(image).render(image);
}

export function backendOf({ distro, target }: Pick<Image, 'distro' | 'target'>): Backend {
  return findBackend({ distro, medium: target.medium });
}
