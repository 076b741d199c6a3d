import { join } from 'node:path';
import { fileSize, hashFile, listFiles } from '../host/fs/files.ts';
import { makeFolder } from '../host/fs/folders.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { run } from '../host/run/command.ts';
import { runInside } from '../host/run/sandbox.ts';
import type { Program } from '../model/distro.ts';
import type { KernelPackage } from '../model/kernel.ts';
import type { StageContext } from './context.ts';
import { type MadePackage, madeFolder, madeList } from './made-packages.ts';
import { ownPrograms, placeProgram } from './program.ts';

/** Nobody in particular: a compiler needs no rights of root. */
const nobody = '65534';

/**
 * A kernel of a resolved configuration, compiled by the tools that its source is locked with and packed as
 * one package of the distribution. The folder has a fixed name inside, as paths get into what is compiled.
 */
export async function kernelStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, sourceDateEpoch, log, jobs } = context;
  const { release, source, ...product } = options.product as unknown as KernelPackage;
  const unpack = await placeProgram(options.unpack as unknown as Program, join(scratch, 'unpack'));
  const pack = await placeProgram(options.pack as unknown as Program, join(scratch, 'pack'));
  const folder = `/scratch/${options.folder}`;
  const sandbox = {
    tools: inputs.tools!,
    work: scratch,
    inputs: {
      '/inputs/files': inputs.files!,
      '/inputs/config': inputs.config!,
      '/inputs/unpack': unpack.folder,
      '/inputs/pack': pack.folder,
      '/inputs/programs': ownPrograms(new URL('kernel/', import.meta.url)),
    },
    sourceDateEpoch,
  };
  const inside = (...command: string[]) => runInside(sandbox, command, { log });
  await inside(...unpack.runAt('/inputs/unpack'), '/inputs/files', folder);
  await inside('cp', '/inputs/config/all.config', `${folder}/config`);
  await inside('chown', '--recursive', `${nobody}:${nobody}`, folder);
  const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  await inside(...asNobody, 'sh', '/inputs/programs/compile.sh', folder, String(jobs), release);
  await makeFolder(join(scratch, madeFolder));
  const { name, version } = product;
  const words = [folder, release, name, version, source, `/scratch/${madeFolder}`];
  const size = await inside(...pack.runAt('/inputs/pack'), ...words);
  await run(['mv', join(scratch, madeFolder), output], { log });
  const [path] = await listFiles(join(output, madeFolder));
  const file = join(output, madeFolder, path!);
  const made: MadePackage = {
    ...product,
    path: path!,
    size: (await fileSize(file))!,
    installedKiB: Number(size),
    sha256: await hashFile(file),
  };
  await writeFiles(output, { [madeList]: JSON.stringify([made]) });
}
