import type { Partition } from '../../model/disk.ts';
import { sha256, uuidFrom } from '../text/canonical-json.ts';

/** The same in every build of a recipe, so that fstab and the boot loader can name it. */
export function partitionUuid(recipe: string, { name }: Pick<Partition, 'name'>): string {
  return uuidFrom(sha256(['partition', recipe, name]));
}

/**
 * Path on the machine of a partition's definition, by its place on the disk: they grow it, and install it
 * elsewhere.
 */
export function definitionPath(index: number, { name }: Pick<Partition, 'name'>): string {
  return `usr/lib/repart.d/${(index + 1) * 10}-${name}.conf`;
}
