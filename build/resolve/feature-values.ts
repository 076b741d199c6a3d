import type { ImageFeature } from '../model/image.ts';

/** One of the values that a feature of the image decided; undefined where the image has no such feature. */
export function valueIn(
  features: ImageFeature[],
  feature: string,
  value: string,
): string | number | boolean | undefined {
  return features.find(({ name }) => name === feature)?.effect.values?.[value];
}
