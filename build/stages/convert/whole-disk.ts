import { join } from 'node:path';
import type { Extent } from '../../formats/disk/data-ranges.ts';
import { renderVmdkExtents } from '../../formats/disk/vmdk-extents.ts';
import { fileSize } from '../../host/fs/files.ts';
import { writeFiles } from '../../host/fs/write-files.ts';
import { runInside, type Sandbox } from '../../host/run/sandbox.ts';
import type { StageContext } from '../context.ts';
import { assertDigest, readStageJson } from '../stage-output.ts';

/** Bytes of the disk where file systems begin that are files of their own. */
export interface DiskLayout {
  rootStart: number;
  modelsStart: number;
}

/** `disk.raw` has holes where root and models belong: copies, of gigabytes, would be the only ones in use. */
export const diskFiles = { disk: 'disk.raw', root: 'root.img', layout: 'layout.json' };
const modelsFile = 'models.erofs';
/** What a sandbox beside the disk has in its working directory: all of it, to be read by QEMU. */
const description = 'whole.vmdk';

/** A file, and its path in the sandbox. */
interface SeenFile {
  path: string;
  inside: string;
}

/** A part of a file, by its path in the sandbox, in bytes. */
export interface DiskPart {
  path: string;
  start: number;
  bytes: number;
}

export interface WholeDisk {
  /** In bytes. */
  size: number;
  /** Files that are the disk, one behind the other. */
  parts: DiskPart[];
  /** Name, in the sandbox's working directory, and QEMU's driver of the same. */
  file: string;
  driver: string;
  sandbox: Sandbox;
}

/** The disk of a conversion with its file systems in place, for tools that run beside it. */
export async function openWholeDisk({ inputs, scratch, sourceDateEpoch }: StageContext): Promise<WholeDisk> {
  const fileOf = (role: 'disk' | 'models', name: string) => ({
    path: join(inputs[role]!, name),
    inside: `/inputs/${role}/${name}`,
  });
  const layout = await readStageJson<DiskLayout>(join(inputs.disk!, diskFiles.layout));
  const parts = await partsOf(fileOf('disk', diskFiles.disk), [
    { ...fileOf('disk', diskFiles.root), place: layout.rootStart },
    { ...fileOf('models', modelsFile), place: layout.modelsStart },
  ]);
  await writeFiles(scratch, { [description]: renderVmdkExtents(parts) });
  const folders = { '/inputs/disk': inputs.disk!, '/inputs/models': inputs.models! };
  const sandbox = { tools: inputs.tools!, work: scratch, inputs: folders, sourceDateEpoch };
  const size = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return { size, parts, file: description, driver: 'vmdk', sandbox };
}

/** What a disk is made of: its own file, and in place of what that has from some bytes on, other files. */
async function partsOf(disk: SeenFile, files: (SeenFile & { place: number })[]): Promise<DiskPart[]> {
  const parts = [];
  let done = 0;
  for (const { place, ...file } of files.sort((a, b) => a.place - b.place)) {
    const bytes = await fileSize(file.path);
    parts.push(
      { path: disk.inside, start: done, bytes: place - done },
      { path: file.inside, start: 0, bytes },
    );
    done = place + bytes;
  }
  parts.push({ path: disk.inside, start: done, bytes: (await fileSize(disk.path)) - done });
  return parts.filter(({ bytes }) => bytes > 0);
}

/** Where the disk has data. */
export async function extentsOf({ file, driver, sandbox }: WholeDisk, log: string): Promise<Extent[]> {
  const map = await runInside(sandbox, ['qemu-img', 'map', '--output=json', '-f', driver, file], { log });
  return JSON.parse(map) as Extent[];
}

/**
 * Refuses models that are not what their stage made any more; in a process of its own, beside what this one
 * does.
 */
export async function assertModels({ inputs, log }: StageContext, { sandbox }: WholeDisk): Promise<void> {
  const digest = ['sha256sum', `/inputs/models/${modelsFile}`];
  await assertDigest(join(inputs.models!, modelsFile), async () =>
    (await runInside(sandbox, digest, { log })).slice(0, 64),
  );
}
