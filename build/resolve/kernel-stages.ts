import { distroOf } from '../distros/find.ts';
import type { ImageKernel, KernelBase, KernelPackage, KernelSource } from '../model/kernel.ts';
import type { Stage } from '../model/types.ts';
import { type StageCode, stage, toolsStages } from './stage.ts';

/** The stages by which a kernel's configuration is resolved, and the ids of those that are asked for. */
export interface KernelStages {
  stages: Stage[];
  tools: string;
  /** Absent where the source is another than the locked one. */
  files?: string;
  kconfig: string;
  /** The base as it is. */
  before: string;
  /** The base with the lines. */
  after: string;
}

/** What is resolved: lines as .config has them, in place of the base's own. */
export interface KernelQuestion {
  base: KernelBase;
  /** Modules of the base that stay; all where this is absent. */
  modules?: string[];
  lines: string[];
}

/** Another source than the locked one: an archive in the store, by its hash. */
export type Archive = { sha256: string };

export function kernelStages(
  source: KernelSource,
  { base, modules, lines }: KernelQuestion,
  code: StageCode,
  archive?: Archive,
): KernelStages {
  const { name: distro } = distroOf(source.base);
  const { sourceDateEpoch, tools, packages } = source;
  const first = toolsStages({ base: source.base, tools, sourceDateEpoch }, code);
  const made = first.tools;
  const files = stage('fetch', 'kernel', {}, { sourceDateEpoch, distro, packages }, code);
  const kconfig = stage(
    'kconfig',
    archive ? 'own' : source.version,
    { tools: made, ...(archive ? {} : { files: files.id }) },
    {
      sourceDateEpoch,
      program: code.distros[distro].kernelSource,
      ...(archive ? { archive: archive.sha256 } : {}),
    },
    code,
  );
  const resolved = (label: string, asked: string[]) =>
    stage(
      'kernel-config',
      label,
      { tools: made, kconfig: kconfig.id },
      { sourceDateEpoch, base, ...(modules ? { modules } : {}), lines: asked },
      code,
    );
  const [before, after] = [resolved('base', []), resolved('asked', lines)];
  const stages = [...first.stages, ...(archive ? [] : [files]), kconfig, before, after];
  // Without lines they are one.
  const each = [...new Map(stages.map((one) => [one.id, one])).values()];
  const ids = { kconfig: kconfig.id, before: before.id, after: after.id };
  return { stages: each, tools: made, ...(archive ? {} : { files: files.id }), ...ids };
}

/** The stages that build an image's kernel, of which the last leaves its package. */
export function kernelPackageStages(
  { source, ...question }: ImageKernel,
  code: StageCode,
): { stages: Stage[]; kernel: string; product: KernelPackage } {
  const { sourceDateEpoch, version } = source;
  const { name: distro, ownKernel } = distroOf(source.base);
  const made = kernelStages(source, question, code);
  const product = ownKernel.package(source.packages);
  const { kernelSource: unpack, kernelPackage: pack } = code.distros[distro];
  const inputs = { tools: made.tools, files: made.files!, config: made.after };
  const options = { sourceDateEpoch, product, folder: 'kernel', unpack, pack };
  const kernel = stage('kernel', version, inputs, options, code);
  // The base by itself is only for a check.
  const needed = made.stages.filter(({ id }) => id !== made.before || id === made.after);
  // Beside the stages of the same types that make an image.
  const labels: { [label: string]: string } = { tools: 'kernel-tools', asked: 'image', base: 'image' };
  const named = needed.map((one) => ({ ...one, label: labels[one.label] ?? one.label }));
  return { stages: [...named, kernel], kernel: kernel.id, product };
}
