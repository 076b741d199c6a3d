import { formatBytes } from '../formats/text/size.ts';
import { openStore } from '../host/store/store.ts';
import type { HardwareClass } from '../model/hardware.ts';
import type { Image } from '../model/image.ts';
import type { Manifest, Recipe } from '../model/types.ts';
import { readImages } from '../project/inputs.ts';
import { kernelLine, type PlannedKernel, planKernel } from '../project/plan-kernel.ts';
import { sourcesFrom } from '../project/sources.ts';
import { readStageCode } from '../project/stage-code.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { warningsOf } from '../resolve/warnings.ts';
import { cachedStages } from '../stages/cached-stages.ts';
import { recipeOptions, tagOption, targetOption, type Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'plan',
  summary: 'shows what a build would do: its stages, which are cached, sizes, and every error in the recipe',
  arguments: [['<recipe>', 'name of a recipe']],
  options: [targetOption, ...recipeOptions, tagOption],
  examples: ['ingot plan nanite-server', 'ingot plan nanite-server --target iso --json'],
  async run([recipe], options, progress) {
    const images = await readImages(recipe!, options.target!, options);
    const store = await openStore();
    const kernel = await planKernel(images, { store, progress, sources: await sourcesFrom({}) });
    const plans = [];
    for (const image of images) {
      const manifest = resolveManifest(image, await readStageCode());
      const stages = await cachedStages(manifest, store);
      plans.push({ image, manifest, stages });
    }
    return {
      text: plans
        .map(({ image, manifest, stages }) => describe(image, manifest, stages, kernel))
        .join('\n\n'),
      json: plans.map(({ image, manifest, stages }) => ({
        output: manifest.output.fileName,
        manifest: manifest.id,
        hardware: image.recipe.hardware ?? null,
        ...(kernel ? { kernel } : {}),
        warnings: warningsOf(image, Date.now()),
        stages: stages.map(({ stage, cached }) => ({
          type: stage.type,
          label: stage.label,
          id: stage.id,
          cached,
        })),
      })),
    };
  },
};

function describe(
  image: Image,
  manifest: Manifest,
  stages: Awaited<ReturnType<typeof cachedStages>>,
  kernel?: PlannedKernel,
): string {
  const { lock } = image;
  const sum = (items: { size: number }[]) => formatBytes(items.reduce((total, item) => total + item.size, 0));
  return [
    manifest.output.fileName,
    `  base      ${lock.base}, archive of ${lock.release.date}`,
    `  features  ${image.features.map((feature) => feature.name).join(', ')}`,
    `  packages  ${lock.packages.length} (${sum(lock.packages)}), tools ${lock.tools.length} (${sum(lock.tools)})`,
    `  models    ${lock.models.map((m) => `${m.name} from ${m.source} (${formatBytes(m.size)})`).join(', ') || 'none'}`,
    ...(kernel ? [`  kernel    ${kernelLine(kernel)}`] : []),
    ...hardwareLines(image.recipe),
    ...warningsOf(image, Date.now()).map((warning) => `  warning   ${warning}`),
    ...stages.map(
      ({ stage, cached }) =>
        `  ${`${stage.type} ${stage.label}`.padEnd(16)} ${stage.id.slice(0, 12)}  ${cached ? 'cached' : 'to do'}`,
    ),
  ].join('\n');
}

function hardwareLines({ hardware }: Recipe): string[] {
  if (!hardware) return [];
  return [
    `  minimum   ${machineWords(hardware.minimum)}`,
    `  good      ${machineWords(hardware.recommended)}`,
  ];
}

function machineWords({ memoryMiB, cpus, diskMiB, graphics }: HardwareClass): string {
  const size = (mebibytes: number) => formatBytes(mebibytes * 2 ** 20);
  const processors = `${cpus} processor${cpus === 1 ? '' : 's'}`;
  const words = [`${size(memoryMiB)} of memory`, processors, `a disk of ${size(diskMiB)}`];
  return [...words, ...(graphics ? [`graphics: ${graphics}`] : [])].join(', ');
}
