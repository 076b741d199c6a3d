import { join } from 'node:path';
import { kernelFolder } from '../formats/boot/loader-entry.ts';
import { textEntry } from '../formats/text/tree-entry.ts';
import { move } from '../host/fs/files.ts';
import { tarOf } from '../host/fs/tar.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { runInside } from '../host/run/sandbox.ts';
import type { Tree } from '../model/types.ts';
import { entryFiles, kernelEntry } from './boot-entries.ts';
import type { StageContext } from './context.ts';
import { placedGrub } from './placed-grub.ts';
import { ownProgram, ownPrograms } from './program.ts';
import { writeDigest } from './stage-output.ts';

/** The one file of the stage, which a medium carries. */
const installerFile = 'installer.squashfs';

/**
 * What a live medium needs, beside its own root and the models, to install the recipe's disk: how the disk's
 * root differs from the live one, what the EFI system partition and a BIOS start from, and a description,
 * image.json. The installer shows the disk's root by an overlay, and runs systemd-repart on it.
 */
export async function installerStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, log, sourceDateEpoch } = context;
  const root = join(inputs.disk!, 'root');
  const sandbox = {
    tools: inputs.tools!,
    work: scratch,
    inputs: {
      '/inputs/root': join(inputs.root!, 'root'),
      '/inputs/disk': root,
      '/inputs/program': ownPrograms(new URL('installer/', import.meta.url)),
    },
    sourceDateEpoch,
  };
  const { kernel, entry } = await kernelEntry(root, options);
  const image = {
    ...(options.image as object),
    token: entry.token,
    kernel: { image: kernel.image, initramfs: kernel.initramfs },
    folder: kernelFolder(entry),
  };
  const tree: Tree = [
    ...(options.tree as unknown as Tree).filter(({ path }) => path.startsWith('esp/')),
    ...entryFiles(entry, options),
    textEntry('image.json', JSON.stringify(image)),
  ];
  if (options.grubRoot) {
    const grub = await ownProgram(new URL('disk/make-grub.sh', import.meta.url));
    await runInside(sandbox, [...grub, String(options.grubRoot)], { log });
    const { code, partition } = await placedGrub(scratch);
    await writeFiles(scratch, { 'beside/bios/boot.img': code, 'beside/bios/core.img': partition });
  }
  const make = ['sh', '/inputs/program/installer.sh'];
  await runInside(sandbox, make, { log, input: tarOf(tree, sourceDateEpoch) });
  await move(join(scratch, installerFile), join(output, installerFile));
  await writeDigest(join(output, installerFile));
}
