import type { Image } from '../model/image.ts';
import { ageWarnings } from './lock-age.ts';
import { memoryWarnings } from './memory.ts';

/**
 * What `plan` and `build` say of an image that can be made all the same; `now` is in milliseconds since 1970.
 */
export function warningsOf(image: Image, now: number): string[] {
  return [...ageWarnings(image.lock, image.recipe, now), ...memoryWarnings(image)];
}
