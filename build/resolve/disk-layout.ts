import type { Disk, Partition } from '../model/disk.ts';

/** Where a partition begins and ends, in MiB of the disk. */
interface Placed {
  partition: Partition;
  startMiB: number;
  endMiB: number;
}

/** The first MiB holds the partition table, and so does the last. */
const tableMiB = 1;

/**
 * Places partitions one after the other, each where it says or right behind the one before. Those without a
 * size take `contentMiB` by role; the last takes all that is left of the disk.
 */
export function layoutOf(disk: Disk, contentMiB: { models: number }): Placed[] {
  const placed: Placed[] = [];
  let next = tableMiB;
  for (const [index, partition] of disk.partitions.entries()) {
    const startMiB = partition.startMiB ?? next;
    const last = index === disk.partitions.length - 1;
    const rest = last ? Math.max(0, disk.sizeMiB - tableMiB - startMiB) : 0;
    const content = partition.role === 'models' ? contentMiB.models : rest;
    next = startMiB + (partition.sizeMiB ?? content);
    placed.push({ partition, startMiB, endMiB: next });
  }
  return placed;
}

/** What an empty file system of the role takes. mkfs.xfs makes none below 300 MiB. */
const smallestMiB = { bios: 0, esp: 0, swap: 0, data: 300 };

/** What is wrong with the sizes and places, given that the content takes at least this much. */
export function layoutProblems(disk: Disk, contentMiB: { models: number; root: number }): string[] {
  const placed = layoutOf(disk, contentMiB);
  const problems = startProblems(disk);
  for (const [index, { partition, startMiB }] of placed.entries()) {
    const before = placed[index - 1];
    if (before && startMiB < before.endMiB)
      problems.push(
        `partitions ${before.partition.name} and ${partition.name} overlap: ` +
          `${before.partition.name} ends at MiB ${before.endMiB}, ${partition.name} starts at ${startMiB}`,
      );
  }
  const end = disk.sizeMiB - tableMiB;
  const last = placed.at(-1);
  if (last && last.endMiB > end)
    problems.push(
      `the disk of ${disk.sizeMiB} MiB is too small: its partitions end at MiB ${last.endMiB}, at most ${end} is possible`,
    );
  for (const { partition, startMiB, endMiB } of placed) {
    const needed = { ...smallestMiB, ...contentMiB }[partition.role];
    if (endMiB - startMiB < needed)
      problems.push(
        `partition ${partition.name} has ${endMiB - startMiB} MiB, but its content needs at least ${needed} MiB`,
      );
  }
  return problems;
}

/**
 * Starts that cannot be had: all that repart can be told of a place is how much of the disk to leave before
 * the next one.
 */
function startProblems({ partitions }: Disk): string[] {
  const fitted = partitions.findIndex(({ role, sizeMiB }) => role === 'models' && sizeMiB === undefined);
  return partitions.flatMap(({ name, startMiB }, index) => {
    if (startMiB === undefined) return [];
    if (index === 0 && startMiB !== tableMiB)
      return [
        `partition ${name} starts at MiB ${startMiB}, the first one starts at ${tableMiB}: leave startMiB out`,
      ];
    if (fitted >= 0 && index > fitted)
      return [
        `partition ${name} starts at MiB ${startMiB}, and partition ${partitions[fitted]!.name} before it is as large ` +
          `as the models are: give ${partitions[fitted]!.name} a sizeMiB, or leave startMiB out`,
      ];
    return [];
  });
}
