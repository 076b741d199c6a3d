import { formatRows, unitOf } from '../formats/disk/formats.ts';
import type { Disk } from '../model/disk.ts';
import type { Target } from '../model/target.ts';
import { findCloud } from '../targets/platforms/find.ts';
import type { Draft } from './draft.ts';
import { driverProblems } from './drivers.ts';
import { valueIn } from './feature-values.ts';

const noRules = { features: [], drivers: [], commandLine: [] };

/** That a disk is larger than its format or its platform can have it. */
export function largestProblems({ format, platform }: Target, sizeMiB: number): string[] {
  const limits = [
    { name: `format ${format}`, maxMiB: formatRows[format].maxMiB },
    { name: `platform ${platform}`, maxMiB: findCloud(platform)?.maxMiB },
  ];
  return limits
    .filter(({ maxMiB }) => maxMiB !== undefined && sizeMiB > maxMiB)
    .map(({ name, maxMiB }) => `${name} takes disks of at most ${maxMiB} MiB, but this one has ${sizeMiB}`);
}

/** What a target lacks of what its platform, its controllers and its format insist on. */
export function platformProblems({
  target,
  features,
  disk,
  commandLine: words,
}: Pick<Draft, 'target' | 'features' | 'commandLine'> & { disk: Disk }): string[] {
  const cloud = findCloud(target.platform);
  const { features: needed, drivers: platformDrivers, commandLine } = cloud ?? noRules;
  const [bytes, unit] = unitOf(target.format);
  const says = (problem: string) => `platform ${target.platform} ${problem}`;
  const drivers = valueIn(features, 'disk', 'drivers');
  const reader = features.find(({ effect }) => effect.metadata);
  const sources = reader?.effect.metadata?.sources ?? [];
  return [
    ...needed
      .filter((name) => !features.some((feature) => feature.name === name))
      .map((name) => says(`requires feature ${name}, which the recipe does not use`)),
    // Of a feature that is refused itself, nothing is known.
    ...(drivers === undefined ? [] : driverProblems(target, String(drivers).split(' '), platformDrivers)),
    ...(cloud && reader && !sources.includes(cloud.datasource)
      ? [
          says(
            `has its metadata from ${cloud.datasource}, and feature ${reader.name} asks ${sources.join(', ')}`,
          ),
        ]
      : []),
    ...(reader && cloud?.reservedUsers?.includes(reader.effect.metadata!.user)
      ? [says(`takes no user ${reader.effect.metadata!.user}: give feature ${reader.name} another one`)]
      : []),
    ...commandLine
      .filter((wanted) => !words.some((word) => word === wanted || word.startsWith(`${wanted},`)))
      .map((wanted) => says(`needs ${wanted} on the kernel command line: add it to the target's`)),
    ...((disk.sizeMiB * 2 ** 20) % bytes
      ? [`format ${target.format} takes disks of whole ${unit}, but this one has ${disk.sizeMiB} MiB`]
      : []),
  ];
}
