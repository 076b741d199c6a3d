/** What the files beside a cloud's artifact are made of. */
export interface CloudFacts {
  /** The recipe's name. */
  name: string;
  version: string;
  /** As `uname -m` says it. */
  arch: 'x86_64';
  /** The artifact's file name. */
  file: string;
  /** Bytes of the artifact. */
  size: number;
  /** Bytes of the disk in it. */
  virtualSize: number;
  /** Memory that the recipe needs. */
  memoryMiB: number;
  firmware: ('bios' | 'uefi')[];
  /** Who logs in with the key that the cloud hands over. */
  user: string;
  /** Where the model's server listens, on loopback only; absent where none is there. */
  port?: number;
}

/** Texts by what comes after the artifact's name. */
export type CloudFiles = { [suffix: string]: string };

/**
 * A name that every cloud takes for an image: Compute Engine allows the least, 63 of [a-z0-9-] after a
 * letter.
 */
export function imageName({ name, version }: CloudFacts): string {
  // One that begins with a digit has a word before it.
  return `${/^[a-z]/.test(name) ? '' : 'image-'}${name}-${version}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, 63)
    .replace(/-+$/, '');
}

/** The smallest disk that the image fits on, in whole GiB, which is how every cloud sells them. */
export function minDiskGiB({ virtualSize }: CloudFacts): number {
  return Math.ceil(virtualSize / 1024 ** 3);
}

/** A disk with room for what a user keeps: the last partition grows into it at boot. */
export function defaultDiskGiB(facts: CloudFacts): number {
  return minDiskGiB(facts) + 8;
}

/** The first type with enough memory, of pairs sorted by GiB; the largest where none has. */
export function machineType({ memoryMiB }: CloudFacts, types: [gib: number, type: string][]): string {
  const [, type] = types.find(([gib]) => gib * 1024 >= memoryMiB) ?? types.at(-1)!;
  return type;
}

/** How the machine is reached, and its model with it: nothing but SSH is open to the network. */
export function tunnel({ user, port }: CloudFacts, address: string): string {
  const forward = port === undefined ? '' : `-L ${port}:127.0.0.1:${port} `;
  return `ssh ${forward}${user}@${address}`;
}
