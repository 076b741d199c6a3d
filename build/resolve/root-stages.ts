import { findDistro } from '../distros/find.ts';
import { expectedOf } from '../hygiene/expected.ts';
import { unionOf } from '../model/hygiene.ts';
import type { Image } from '../model/image.ts';
import type { Stage, StageType } from '../model/types.ts';
import { wholeOverlay } from './overlay.ts';
import type { StageCode } from './stage.ts';

/** Ids of the stages that make a root and judge it. */
export interface RootStages {
  root: string;
  /**
   * What makes an image stands on this one as well, so that a root that fails it becomes none; its disk may
   * be made meanwhile.
   */
  hygiene: string;
}

/** Adds the stages of an image's root, from its packages to the judgement of the finished tree. */
export function rootStages(
  { lock, recipe: { base }, distro, overlay, components, features }: Image,
  {
    tools,
    kernel,
    label,
    code,
    add,
  }: {
    tools: string;
    /** Id of the stage that builds the image's kernel. */
    kernel?: string;
    label: string;
    code: StageCode;
    add(type: StageType, label: string, inputs: Stage['inputs'], options: object): string;
  },
): RootStages {
  const { kernel: paths, packageDatabase, hygiene: inBase } = findDistro(distro);
  const made: Stage['inputs'] = kernel ? { kernel } : {};
  const { index, packages: make, scrub, packageFacts, checks } = code.distros[distro];
  const files = add('fetch', label, {}, { distro, packages: lock.packages });
  const repo = add('repo', label, { tools, files, ...made }, { base, index });
  const options = { base, packages: lock.packages, overlay: overlay.early, make };
  const packages = add('packages', label, { tools, repo, ...made }, options);
  const root = add('root', label, { tools, packages }, { overlay: overlay.late, scrub });
  const { modes, texts } = inBase;
  const expected = expectedOf({
    overlay: wholeOverlay({ overlay }),
    suite: base,
    components,
    sourceDateEpoch: lock.sourceDateEpoch,
    allowed: unionOf([inBase.allowed, ...features.map((one) => one.hygiene)]),
    modes,
    kernel: { image: paths.image, initramfs: paths.initramfs },
    packageDatabase,
  });
  const inputs = { tools, packages, root };
  const hygiene = add('hygiene', label, inputs, { distro, expected, texts, packageFacts, checks });
  return { root, hygiene };
}
