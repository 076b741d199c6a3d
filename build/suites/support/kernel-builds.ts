import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readText } from '../../host/fs/files.ts';
import { createProgress } from '../../host/progress.ts';
import type { Store } from '../../host/store/store.ts';
import { compose, configLine } from '../../kernel/merge.ts';
import { readFragment } from '../../project/fragments.ts';
import { readKernelSources } from '../../project/kernel-sources.ts';
import { sourcesFrom } from '../../project/sources.ts';
import { readStageCode } from '../../project/stage-code.ts';
import { kernelPackageStages, kernelStages } from '../../resolve/kernel-stages.ts';
import { type StageCode, stage } from '../../resolve/stage.ts';
import { executeStage } from '../../stages/execute.ts';
import { type MadePackage, madePackages } from '../../stages/made-packages.ts';

/** Where the sandbox compiles it, below /scratch, and by how many compilers at once. */
interface Place {
  folder: string;
  jobs: number;
}

const version = '7.2';
const base = 'defconfig';
const small = fileURLToPath(new URL('kernel/small.config', import.meta.url));

/** Builds a kernel that is little more than a start and two modules, and says what its package is. */
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
  const execution = {
    store,
    progress: createProgress({ json: false }),
    sources: await sourcesFrom({}),
    jobs,
  };
  const asked = compose(await Promise.all([small, 'reproducible'].map(readFragment)), version);
  const { kconfig, ...first } = kernelStages(source, { base, lines: [] }, code);
  const whole = await readText(join(await executeStage(first, kconfig, execution), 'kconfig/bases', base));
  // All that the base has on is off, but what was asked for.
  const names = new Set(asked.map(({ symbol }) => symbol));
  const off = [...whole.matchAll(/^CONFIG_(\w+)=[ym]$/gm)].flatMap(([, symbol]) => symbol!);
  const lines = off
    .filter((symbol) => !names.has(symbol))
    .map((symbol) => configLine({ symbol, value: 'n', quoted: false }));
  const all = [...lines, ...asked.map(configLine)];
  const made = kernelPackageStages({ source, base, lines: all }, code);
  const own = made.stages.at(-1)!;
  const elsewhere = stage(
    'kernel',
    folder.replaceAll('/', '-'),
    own.inputs,
    { ...own.options, folder },
    code,
  );
  const stages = [...made.stages.slice(0, -1), elsewhere];
  const [kernel] = await madePackages(await executeStage({ stages }, elsewhere.id, execution));
  return kernel!;
}
