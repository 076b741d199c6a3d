import type { Image } from '../model/image.ts';
import type { Lock } from '../model/lock.ts';
import { partName } from '../model/parts.ts';
import { servedModels } from '../model/served.ts';

/** Of a machine's memory, what llama-server.service has before systemd holds it back: its MemoryHigh. */
const shareOfModels = 0.75;
/** VMware takes memory in such steps only. */
const stepMiB = 4;

/**
 * Says that the models do not fit in the memory that an OVA asks for, that a cloud's machine is chosen by and
 * that a test has. No error: mapped weights that do not fit are read from the disk again, which is slow and
 * works.
 */
export function memoryWarnings({
  recipe,
  lock,
  features,
}: Pick<Image, 'recipe' | 'lock' | 'features'>): string[] {
  if (!features.some(({ effect }) => effect.needsModel)) return [];
  const { memoryMiB } = recipe.machine;
  const models = modelsMiB(lock);
  const left = Math.floor(memoryMiB * shareOfModels);
  if (models <= left) return [];
  const enough = Math.ceil(models / shareOfModels / stepMiB) * stepMiB;
  return [
    `the models of ${recipe.name} take ${models} MiB, and a machine of its machine.memoryMiB, ${memoryMiB}, has ${left} for them: ` +
      `weights that do not fit are read from the disk again and again; ${enough} in recipes/${recipe.name}.ts is enough for all`,
  ];
}

/** Models larger than the machine's memory: every word of an answer would read them from the disk. */
export function memoryProblems({
  recipe,
  lock,
  features,
}: Pick<Image, 'recipe' | 'lock' | 'features'>): string[] {
  if (!features.some(({ effect }) => effect.needsModel)) return [];
  const { memoryMiB } = recipe.machine;
  return servedModels(lock.models).flatMap((served) => {
    const ofIt = ({ name }: { name: string }) => (partName(name)?.base ?? name) === served.name;
    const size = modelsMiB({ models: lock.models.filter(ofIt) });
    if (size <= memoryMiB) return [];
    const enough = Math.ceil(size / shareOfModels / 1024);
    return [
      `model ${served.name} takes ${size} MiB, and the recipe's machine has ${memoryMiB} MiB of memory: --memory ${enough}GiB is a machine for it`,
    ];
  });
}

/** What all locked models take, in whole MiB. */
export function modelsMiB({ models }: Pick<Lock, 'models'>): number {
  return Math.ceil(models.reduce((sum, { size }) => sum + size, 0) / 2 ** 20);
}
