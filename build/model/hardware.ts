/** A machine for people to buy or to look for: what an image needs, or runs well on. */
export interface HardwareClass {
  memoryMiB: number;
  cpus: number;
  diskMiB: number;
  /** Optional. What graphics card it has; absent where none is needed. */
  graphics?: string;
}

/**
 * Optional in a recipe, and shown by `plan`: what it says to those who look for a machine. Nothing in an
 * image follows from it.
 */
export interface Hardware {
  minimum: HardwareClass;
  recommended: HardwareClass;
}
