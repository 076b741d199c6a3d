import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgress } from '../../host/progress.ts';
import { openStore } from '../../host/store/store.ts';
import { readImage } from '../../project/inputs.ts';
import { sourcesFrom } from '../../project/sources.ts';
import { readStageCode } from '../../project/stage-code.ts';
import { resolveManifest } from '../../resolve/manifest.ts';
import type { StageContext } from '../../stages/context.ts';
import { type QemuFormat, writeQemuImage } from '../../stages/convert/qemu.ts';
import { openWholeDisk } from '../../stages/convert/whole-disk.ts';
import { convertStage } from '../../stages/convert.ts';
import { executeStage } from '../../stages/execute.ts';
import { writeDigest } from '../../stages/stage-output.ts';
import { withPackages } from './images.ts';

/** The machine that an OVA describes. */
export const hardware = { cpus: 2, memoryMiB: 2048, firmware: 'uefi' };
/** What every disk has near its beginning. */
export const data = randomBytes(5_000_000);

const folders: string[] = [];
let tools = '';

/** Makes the tools tree by its stage alone, unless it is there; returns its path. */
export async function prepareTools(): Promise<string> {
  tools = await withPackages(async ([, lock]) => {
    const manifest = resolveManifest(
      await readImage('nanite-server', 'iso', { lock }),
      await readStageCode(),
    );
    const execution = { store: await openStore(), progress: createProgress({ json: false }) };
    const { toolsStage } = manifest.output.record;
    return executeStage(manifest, toolsStage, { ...execution, sources: await sourcesFrom({}) });
  });
  return tools;
}

export function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Where every disk has room for its models and its root, and how many of its bytes they take. */
const models = { start: 32 * 2 ** 20, bytes: 5 * 4096 };
const root = { start: 40 * 2 ** 20, bytes: 2 ** 20 };

/**
 * Folders as the stages `disk` and `models` leave them, the second within the first: some data, some zeros
 * that are written, and holes unless told otherwise.
 */
export async function diskOf(bytes: number, { parent = tmpdir(), holes = true } = {}): Promise<string> {
  const folder = newFolder(parent);
  const path = join(folder, 'disk.raw');
  writeFileSync(path, '');
  truncateSync(path, bytes);
  if (!holes)
    execFileSync('dd', ['if=/dev/zero', `of=${path}`, 'bs=1M', `count=${bytes >> 20}`, 'conv=notrunc'], {
      stdio: 'ignore',
    });
  overwrite(path, 3 * 2 ** 20 + 512, data);
  overwrite(path, 16 * 2 ** 20, Buffer.alloc(3 * 2 ** 20));
  overwrite(path, 2 ** 26 - 1024, data.subarray(0, 1024));
  const layout = { rootStart: root.start, modelsStart: models.start };
  writeFileSync(join(folder, 'layout.json'), JSON.stringify(layout));
  writeFileSync(join(folder, 'root.img'), data.subarray(-root.bytes));
  mkdirSync(join(folder, 'models'));
  const file = join(folder, 'models/models.erofs');
  writeFileSync(file, data.subarray(0, models.bytes));
  await writeDigest(file);
  return folder;
}

/** The same disk with its models and its root in place, as one file beside it. */
export function wholeOf(disk: string): string {
  const whole = join(disk, 'expected.raw');
  execFileSync('cp', ['--sparse=always', join(disk, 'disk.raw'), whole]);
  overwrite(whole, models.start, data.subarray(0, models.bytes));
  overwrite(whole, root.start, data.subarray(-root.bytes));
  return whole;
}

/** Writes an image by what a conversion would use, and returns its path. */
export async function writeImage(format: QemuFormat, context: StageContext): Promise<string> {
  return (await writeQemuImage(format, await openWholeDisk(context), context)).path;
}

export async function convert(
  form: string,
  disk: string,
  { parent = tmpdir(), vmdk = '', identity = 'one', writer = 'parallel' } = {},
): Promise<string> {
  const context = contextOf(form, disk, parent, identity);
  context.options.writer = writer;
  if (vmdk) context.inputs.vmdk = vmdk;
  await convertStage(context);
  return join(context.output, 'image');
}

export function contextOf(form: string, disk: string, parent = tmpdir(), identity = 'one'): StageContext {
  const folder = newFolder(parent);
  const [output, scratch] = ['output', 'scratch'].map((name) => join(folder, name));
  for (const path of [output!, scratch!]) mkdirSync(path);
  const [format, compression] = form.split(' ') as [string, string];
  const options = { format, compression, identity, name: 'sample', hardware };
  const log = join(folder, 'log');
  return {
    options,
    inputs: { tools, disk, models: join(disk, 'models') },
    output,
    scratch,
    log,
    sourceDateEpoch: 1767323045,
  } as unknown as StageContext;
}

function newFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, 'ingot-convert-'));
  folders.push(folder);
  return folder;
}

/** In another time zone and on one processor. */
export async function elsewhere(work: () => Promise<void>): Promise<void> {
  const zone = process.env.TZ;
  const processors = (list: string) =>
    execFileSync('taskset', ['-cp', list, String(process.pid)], { encoding: 'utf8' });
  const had = /list: (\S+)/.exec(processors('0'))![1]!;
  process.env.TZ = 'America/New_York';
  try {
    await work();
  } finally {
    processors(had);
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
}

export function overwrite(path: string, offset: number, bytes: Buffer | string): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from(bytes), 0, Buffer.byteLength(bytes), offset);
  closeSync(file);
}
