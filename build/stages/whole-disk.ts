import { join } from 'node:path';
import type { Extent } from '../formats/data-ranges.ts';
import { renderVmdkExtents } from '../formats/vmdk-extents.ts';
import { fileSize, writeAtomic } from '../host/files.ts';
import type { FilePart } from '../host/read-chunks.ts';
import { runInside, type Sandbox } from '../host/sandbox.ts';
import type { StageContext } from './context.ts';
import { assertFacts, readMade } from './facts.ts';

/** Beside `disk.raw`, which has a hole where the models belong: a copy of gigabytes would be the only one in use. */
export interface DiskLayout {
  /** Byte of the disk where their file system begins. */
  modelsStart: number;
}

export const diskFiles = { disk: 'disk.raw', layout: 'layout.json' };
const modelsFile = 'models.erofs';
/** What a sandbox beside the disk has in its working directory: all of it, to be read by QEMU. */
const description = 'whole.vmdk';

export interface WholeDisk {
  /** In bytes. */
  size: number;
  /** Files that are the disk, one behind the other. */
  parts: FilePart[];
  /** Name, in the sandbox's working directory, and QEMU's driver of the same. */
  file: string;
  driver: string;
  sandbox: Sandbox;
}

/** The disk of a conversion with its models in place, for tools that run beside it. */
export async function openWholeDisk(context: StageContext): Promise<WholeDisk> {
  const { inputs, scratch, sourceDateEpoch } = context;
  const [disk, models] = [join(inputs.disk!, diskFiles.disk), join(inputs.models!, modelsFile)];
  const { modelsStart } = await readMade<DiskLayout>(join(inputs.disk!, diskFiles.layout));
  const [size, bytes] = [await fileSize(disk), await fileSize(models)];
  const behind = modelsStart + bytes;
  const parts = [
    { path: disk, start: 0, bytes: modelsStart },
    { path: models, start: 0, bytes },
    { path: disk, start: behind, bytes: size - behind },
  ];
  const seen = { [disk]: `/inputs/disk/${diskFiles.disk}`, [models]: `/inputs/models/${modelsFile}` };
  const extents = parts.map((part) => ({ ...part, path: seen[part.path]! }));
  await writeAtomic(join(scratch, description), renderVmdkExtents(extents));
  const folders = { '/inputs/disk': inputs.disk!, '/inputs/models': inputs.models! };
  const sandbox = { tools: inputs.tools!, work: scratch, inputs: folders, sourceDateEpoch };
  return { size, parts, file: description, driver: 'vmdk', sandbox };
}

/** Where the disk has data. */
export async function extentsOf({ file, driver, sandbox }: WholeDisk, log: string): Promise<Extent[]> {
  const map = await runInside(sandbox, ['qemu-img', 'map', '--output=json', '-f', driver, file], { log });
  return JSON.parse(map) as Extent[];
}

/**
 * Refuses models that are not what their stage made any more. By OpenSSL, which takes a third of the time of the core
 * utilities, and in a process of its own beside what this one does.
 */
export async function assertModels({ inputs, log }: StageContext, { sandbox }: WholeDisk): Promise<void> {
  const digest = ['openssl', 'dgst', '-sha256', '-r', `/inputs/models/${modelsFile}`];
  await assertFacts(join(inputs.models!, modelsFile), async () =>
    (await runInside(sandbox, digest, { log })).slice(0, 64),
  );
}
