import { resolve } from 'node:path';
import { headBytes, imageKind } from '../formats/disk/recognise.ts';
import { readHead } from '../host/fs/random-access.ts';
import { runInside } from '../host/run/sandbox.ts';
import { type Store, withTemporary } from '../host/store/store.ts';
import { openDisk } from './open-disk.ts';
import { openIso } from './open-iso.ts';

/** A finished image of any format, open for reading. Paths of files are those inside the sandbox. */
export interface OpenImage {
  /** Where the root's file system is. */
  root: Area;
  /** Where the models' erofs is. */
  models: Area;
  /** What the image is put together of, in order. */
  parts: ImagePart[];
  /** Takes out what a boot loader reads: of an ISO all but root and models, of a disk the ESP. */
  extractBoot(to: string): Promise<void>;
}

/** Bytes of a file. */
export interface Area {
  file: string;
  offset: number;
  size: number;
}

export interface ImagePart {
  name: string;
  /** `esp`, `root`, … of a disk's partition, or `file` of an ISO. */
  type: string;
  size: number;
}

/**
 * Runs a command of the tools tree, which sees the artifact at `/inputs/artifact`, and further files by their
 * paths inside, and may write to `/scratch`.
 */
export type Inside = (command: string[], files?: Record<string, string>) => Promise<string>;

export interface Workplace {
  inside: Inside;
  /** The folder that is `/scratch` inside. */
  work: string;
}

/**
 * Opens an artifact with the tools tree and hands it to `use`. Nothing is mounted: partitions of a disk are
 * read where they are, those of a packed disk are unpacked into a temporary folder.
 */
export async function withOpenImage<T>(
  artifact: string,
  { tools, store }: { tools: string; store: Store },
  use: (image: OpenImage, place: Workplace) => Promise<T>,
): Promise<T> {
  return withTemporary(store, async (work) => {
    const inside: Inside = (command, files) => {
      const inputs = { '/inputs/artifact': resolve(artifact), ...files };
      return runInside({ tools, work, inputs, sourceDateEpoch: 1 }, command);
    };
    const kind = imageKind(await readHead(artifact, headBytes));
    const place = { inside, work };
    return use(kind === 'iso' ? await openIso(place) : await openDisk(artifact, kind, place), place);
  });
}
