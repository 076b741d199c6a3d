import { dirname, join } from 'node:path';
import { move } from '../host/fs/files.ts';
import { makeFolder } from '../host/fs/folders.ts';
import { tarOf } from '../host/fs/tar.ts';
import { runInside } from '../host/run/sandbox.ts';
import { withClonedTree } from '../host/store/clone-tree.ts';
import { linkFile } from '../host/store/store.ts';
import type { Program } from '../model/distro.ts';
import type { Tree } from '../model/types.ts';
import type { StageContext } from './context.ts';
import { placeProgram } from './program.ts';
import { assertDigest, finishImage, imageName } from './stage-output.ts';

/**
 * The hybrid ISO, by the backend's own tool: the rendered tree, with the finished root where the tool expects
 * it.
 */
export async function isoStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, store, log, sourceDateEpoch } = context;
  const tree = options.tree as unknown as Tree;
  // Not in the folder of the tree: the tool has that for itself.
  const make = await placeProgram(options.make as unknown as Program, join(scratch, 'make'));
  const work = join(scratch, 'work');
  await makeFolder(work);
  await placeArtifacts(tree, inputs, work);
  const sandbox = { tools: inputs.tools!, work, inputs: { '/inputs/program': make.folder }, sourceDateEpoch };
  const clone = join(work, String(options.root));
  const command = [...make.runAt('/inputs/program'), ...(options.config as string[])];
  await withClonedTree({ store, stage: inputs.root!, clone, sourceDateEpoch }, () =>
    runInside(sandbox, command, { log, input: tarOf(tree, sourceDateEpoch) }),
  );
  const image = join(output, imageName);
  await move(join(work, String(options.image)), image);
  await finishImage(image, sourceDateEpoch);
}

async function placeArtifacts(tree: Tree, inputs: StageContext['inputs'], work: string): Promise<void> {
  for (const entry of tree) {
    if (entry.kind !== 'artifact') continue;
    const to = join(work, entry.path);
    await makeFolder(dirname(to));
    const made = join(inputs[entry.stage]!, entry.file);
    await assertDigest(made);
    await linkFile(made, to);
  }
}
