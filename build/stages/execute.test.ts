import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it, vi } from 'vitest';
import { openStore } from '../host/store/store.ts';
import type { Stage, StageType } from '../model/types.ts';
import { executeStage, executeStages } from './execute.ts';

const fake = vi.hoisted(() => ({
  stop: new AbortController(),
  disks: { milliseconds: 100, begun: 0, now: 0, most: 0 },
  roots: 0,
  images: 0,
}));
vi.mock('./disk.ts', () => ({ diskStage: makeDisk }));
vi.mock('./root.ts', () => ({ rootStage: makeRoot }));
vi.mock('./hygiene.ts', () => ({ hygieneStage: () => Promise.reject(new Error('unclean')) }));
vi.mock('./convert.ts', () => ({ convertStage: makeImage }));
vi.mock('../host/interrupt.ts', () => ({
  interrupted: fake.stop.signal,
  throwIfInterrupted: () => fake.stop.signal.throwIfAborted(),
}));

/** Takes its time, and ends at once when it is stopped, as a tool does. */
async function makeDisk(): Promise<void> {
  const { disks, stop } = fake;
  disks.begun++;
  disks.most = Math.max(disks.most, ++disks.now);
  await sleep(disks.milliseconds, undefined, { signal: stop.signal }).finally(() => disks.now--);
}

/** Ends when all three are under way, and a disk. */
async function makeRoot(): Promise<void> {
  fake.roots++;
  await vi.waitUntil(() => fake.roots === 3 && fake.disks.begun, { timeout: 10_000 });
}

const time = 1767323045;

async function makeImage({ output, name }: { output: string; name: string }): Promise<void> {
  if (name === 'convert without flush') symlinkSync('nowhere', join(output, 'link'));
  fake.images++;
  writeFileSync(join(output, 'image'), 'an image');
  utimesSync(join(output, 'image'), time, time);
}

const folder = mkdtempSync(join(tmpdir(), 'ingot-execute-'));
process.env.INGOT_STORE = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const noted: string[] = [];
const progress = { begin: () => () => {}, bytes() {}, note: (text: string) => noted.push(text), data() {} };

function stageOf(type: StageType, label: string, inputs: Stage['inputs'] = {}): Stage {
  return { id: `${type}-${label}`, type, label, options: { sourceDateEpoch: time }, inputs };
}

const execution = async () => ({
  store: await openStore(),
  progress,
  sources: async () => ({ mirrors: [], offline: true }),
});

async function execute(type: StageType, label: string, beside: StageType[] = []): Promise<string> {
  const inputs = beside.map((type) => stageOf(type, 'beside'));
  const roles = Object.fromEntries(inputs.map(({ type, id }) => [type, id]));
  const stage = stageOf(type, label, roles);
  return executeStage({ stages: [...inputs, stage] }, stage.id, await execution());
}

it('makes one disk at a time, and other stages beside each other and beside it', async () => {
  const names = ['a', 'b', 'c'];
  await Promise.all(names.flatMap((name) => [execute('disk', name), execute('root', name)]));
  expect(fake).toMatchObject({ roots: 3, disks: { begun: 3, most: 1 } });
});

it('makes the inputs of a stage at the same time, and ends it all when one fails', async () => {
  Object.assign(fake.disks, { milliseconds: 300, most: 0 });
  fake.roots = 2;
  const folders = ['disk-beside', 'root-beside', 'hygiene-beside'];
  const made = execute('convert', 'of both', ['disk', 'root', 'hygiene']);
  await expect(made).rejects.toMatchObject({ message: expect.stringContaining('stage hygiene beside') });
  const { folder } = await openStore();
  expect(folders.map((name) => existsSync(join(folder, 'stages', name)))).toEqual([true, true, false]);
});

it('returns when all is tidied up, and what was asked for is flushed', async () => {
  const { folder } = await openStore();
  await execute('disk', 'handed out', ['root']);
  expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
  const notes = readdirSync(join(folder, 'unflushed')).map((name) => name.split('.')[0]);
  expect(notes).toContain('root-beside');
  expect(notes).not.toContain('disk-handed out');
});

it('rebuilds an image that was modified, and only then', async () => {
  const image = join(await execute('convert', 'raw'), 'image');
  await execute('convert', 'raw');
  expect(fake.images).toBe(1);
  appendFileSync(image, ' written into');
  await execute('convert', 'raw');
  expect([fake.images, readFileSync(image, 'utf8')]).toEqual([2, 'an image']);
  expect(noted).toEqual(['the finished image of stage convert raw was modified and is rebuilt']);
});

it('rebuilds a modified image once, also when a stage that needs it is asked for', async () => {
  appendFileSync(join(await execute('convert', 'beside'), 'image'), ' written into');
  Object.assign(fake, { images: 0 });
  Object.assign(fake.disks, { milliseconds: 1 });
  noted.length = 0;
  const image = stageOf('convert', 'beside');
  const above = stageOf('disk', 'above', { convert: image.id });
  await executeStages({ stages: [image, above] }, [image.id, above.id], await execution());
  expect([fake.images, noted.length]).toEqual([1, 1]);
});

it('names the stage that cannot be flushed', async () => {
  await expect(execute('convert', 'without flush')).rejects.toMatchObject({
    message: expect.stringContaining('stage convert without flush'),
  });
});

it('begins no further disk when it is stopped', async () => {
  Object.assign(fake.disks, { milliseconds: 20_000, begun: 0 });
  const ended = Promise.allSettled(['d', 'e', 'f'].map((name) => execute('disk', name)));
  await vi.waitUntil(() => fake.disks.now);
  fake.stop.abort();
  expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(fake.disks.begun).toBe(1);
});
