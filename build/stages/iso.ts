import { dirname, join } from 'node:path';
import { move } from '../host/fs/files.ts';
import { makeFolder } from '../host/fs/folders.ts';
import { tarOf } from '../host/fs/tar.ts';
import { runInside } from '../host/run/sandbox.ts';
import { withClonedTree } from '../host/store/clone-tree.ts';
import { linkFile } from '../host/store/store.ts';
import type { Tree } from '../model/types.ts';
import type { StageContext } from './context.ts';
import { assertDigest, finishImage, imageName } from './stage-output.ts';

/** The hybrid ISO, by live-build itself: the rendered tree, with the finished root as what it bootstrapped. */
export async function isoStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, store, log, sourceDateEpoch } = context;
  const tree = options.tree as unknown as Tree;
  await placeArtifacts(tree, inputs, scratch);
  const sandbox = { tools: inputs.tools!, work: scratch, sourceDateEpoch };
  const clone = join(scratch, 'chroot');
  await withClonedTree({ store, stage: inputs.root!, clone, sourceDateEpoch }, () =>
    runInside(sandbox, ['sh', '-euc', liveBuild, 'live-build', ...(options.config as string[])], {
      log,
      input: tarOf(tree, sourceDateEpoch),
    }),
  );
  const image = join(output, imageName);
  await move(join(scratch, String(options.image)), image);
  await finishImage(image, sourceDateEpoch);
}

async function placeArtifacts(tree: Tree, inputs: StageContext['inputs'], scratch: string): Promise<void> {
  for (const entry of tree) {
    if (entry.kind !== 'artifact') continue;
    const to = join(scratch, entry.path);
    await makeFolder(dirname(to));
    const made = join(inputs[entry.stage]!, entry.file);
    await assertDigest(made);
    await linkFile(made, to);
  }
}

/**
 * The tree's tar comes by standard input; arguments are passed to `lb config`. The root stands in chroot/ already, so
 * the bootstrap stage is marked as done and `lb chroot`, which would install packages from a mirror, is not run; the
 * lists it would write are made here.
 */
const liveBuild = `
tar --extract
lb config "$@"
mkdir -p .build
touch .build/bootstrap
dpkg-query --root "$PWD/chroot" --show > chroot.packages.live
cp chroot.packages.live chroot.packages.install
: > chroot.files
lb binary
`;
