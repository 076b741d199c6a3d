import { fileURLToPath } from 'node:url';
import { createProgress } from '../../host/progress.ts';
import type { Store } from '../../host/store/store.ts';
import { compose, configLine } from '../../kernel/merge.ts';
import { readFragment } from '../../project/fragments.ts';
import { readKernelSources } from '../../project/kernel-sources.ts';
import { sourcesFrom } from '../../project/sources.ts';
import { readStageCode } from '../../project/stage-code.ts';
import { kernelPackageStages } from '../../resolve/kernel-stages.ts';
import { type StageCode, stage } from '../../resolve/stage.ts';
import { executeStage } from '../../stages/execute.ts';
import { type MadePackage, madePackages } from '../../stages/made-packages.ts';

/** Where the sandbox compiles it, below /scratch, and by how many compilers at once. */
interface Place {
  folder: string;
  jobs: number;
}

const version = '7.2';
const small = fileURLToPath(new URL('kernel/small.config', import.meta.url));

/** Builds the smallest kernel that still has modules, and says what its package is. */
export async function buildSmallKernel(place: Place, store: Store): Promise<MadePackage> {
  return buildWith(await readStageCode(), place, store);
}

/** The same with a date of now written into the package, as `mkdebian` of the kernel's own build does. */
export async function differingBuild(place: Place, store: Store): Promise<MadePackage> {
  const code = structuredClone(await readStageCode());
  const { files, run } = code.distros.debian.kernelPackage;
  files[run] = files[run]!.replace(
    'find "$tree" -type d',
    'date --rfc-email > "$tree/usr/share/doc/$name/built"\nfind "$tree" -type d',
  );
  return buildWith(code, place, store);
}

async function buildWith(code: StageCode, { folder, jobs }: Place, store: Store): Promise<MadePackage> {
  const source = (await readKernelSources()).find((one) => one.version === version)!;
  const fragments = await Promise.all([small, 'reproducible'].map(readFragment));
  const lines = compose(fragments, version).map(configLine);
  const made = kernelPackageStages({ source, base: 'defconfig', lines }, code);
  const own = made.stages.at(-1)!;
  const elsewhere = stage('kernel', folder, own.inputs, { ...own.options, folder }, code);
  const stages = [...made.stages.slice(0, -1), elsewhere];
  const sources = await sourcesFrom({});
  const progress = createProgress({ json: false });
  const built = await executeStage({ stages }, elsewhere.id, { store, progress, sources, jobs });
  const [kernel] = await madePackages(built);
  return kernel!;
}
