import type { Recipe } from '../model/types.ts';

const sizes = ['memoryMiB', 'cpus', 'diskMiB'] as const;

/** What a recipe says of hardware and cannot be right. */
export function hardwareProblems({ hardware }: Pick<Recipe, 'hardware'>): string[] {
  if (!hardware) return [];
  const { minimum, recommended } = hardware;
  return sizes
    .filter((size) => recommended[size] < minimum[size])
    .map(
      (size) =>
        `hardware.recommended.${size} is ${recommended[size]}, less than hardware.minimum.${size}, ${minimum[size]}`,
    );
}
