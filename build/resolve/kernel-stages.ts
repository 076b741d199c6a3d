import { distroOf } from '../distros/find.ts';
import type { KernelBase, KernelSource } from '../model/kernel.ts';
import type { Stage } from '../model/types.ts';
import { type StageCode, stage, toolsStages } from './stage.ts';

/** The stages by which a kernel's configuration is resolved, and the ids of those that are asked for. */
export interface KernelStages {
  stages: Stage[];
  tools: string;
  kconfig: string;
  /** The base as it is. */
  before: string;
  /** The base with the lines. */
  after: string;
}

/** What is resolved: lines as .config has them, in place of the base's own. */
export interface KernelQuestion {
  base: KernelBase;
  lines: string[];
}

/** Another source than the locked one: an archive in the store, by its hash. */
export type Archive = { sha256: string };

export function kernelStages(
  source: KernelSource,
  { base, lines }: KernelQuestion,
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
      { sourceDateEpoch, base, lines: asked },
      code,
    );
  const [before, after] = [resolved('base', []), resolved('asked', lines)];
  const stages = [...first.stages, ...(archive ? [] : [files]), kconfig, before, after];
  // Without lines they are one.
  const each = [...new Map(stages.map((one) => [one.id, one])).values()];
  return { stages: each, tools: made, kconfig: kconfig.id, before: before.id, after: after.id };
}
