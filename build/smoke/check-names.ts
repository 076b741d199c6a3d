import type { ArtifactRecord } from '../model/types.ts';

/** What the checks of a start are for: a machine's first start, a later one, or one after a power cut. */
export type Occasion = 'first' | 'restart' | 'power-loss';

/**
 * Names of the check files for a start. Those of every machine are in qemu-tests/machine/. The first start is
 * judged by all that the image's features promise; others by what must have stayed.
 */
export function checkNames({ features }: Pick<ArtifactRecord, 'features'>, occasion: Occasion): string[] {
  const chosen = occasion === 'first' ? features : features.filter(({ everyStart }) => everyStart);
  const further = occasion === 'first' ? [] : [`machine/${occasion}`];
  const speed = occasion === 'first' && modelUnit({ features }) ? [speedCheck] : [];
  return ['machine/image', 'machine/kernel', ...further, ...chosen.map(({ name }) => name), ...speed];
}

/** The check that compares the guest's speed with the host's. */
export const speedCheck = 'machine/throughput';

/**
 * The unit that loads the first model, as the feature says that brings it; nothing where no model is served.
 */
export function modelUnit({ features }: Pick<ArtifactRecord, 'features'>): string | undefined {
  const unit = features.find(({ values }) => values.modelUnit)?.values.modelUnit;
  return unit === undefined ? undefined : String(unit);
}
