import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, linkSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { repository } from '../fs/files.ts';
import { makeFolder } from '../fs/folders.ts';
import { type Bounds, collectGarbage } from './garbage.ts';
import { hasStage, keepStage, openStore, type Store, withTemporary } from './store.ts';

const parent = mkdtempSync(join(tmpdir(), 'ingot-garbage-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(parent, 'store-'));
  process.env.INGOT_STORE = folder;
  store = await openStore();
});
afterEach(() => {
  delete process.env.INGOT_STORE;
});

const MiB = 2 ** 20;

function age(path: string, days: number): void {
  const then = new Date(Date.now() - days * 86_400_000);
  utimesSync(path, then, then);
}

/** A stage with a file of so many MiB, used so many days ago. */
async function stage(id: string, mebibytes: number, days: number): Promise<void> {
  await makeFolder(join(store.stage(id), 'root'));
  writeFileSync(join(store.stage(id), 'root', 'file'), Buffer.alloc(mebibytes * MiB, 1));
  age(store.stage(id), days);
}

const collect = async (bounds: Bounds, options?: { dryRun: boolean }) => {
  const { removed, freedBytes, ...rest } = await collectGarbage(store, bounds, options);
  const freedMiB = Math.floor(freedBytes / MiB);
  return { removed: removed.map(({ path }) => basename(path)), freedMiB, ...rest };
};

it('removes what was not used for so many days, oldest first; a stage that was asked for is used', async () => {
  await stage('old', 1, 20);
  await stage('asked', 1, 40);
  await stage('young', 1, 3);
  for (const [kind, name, days] of [
    ['files', 'older', 30],
    ['partial', 'oldest', 50],
  ] as const) {
    writeFileSync(join(folder, kind, name), Buffer.alloc(MiB, 1));
    age(join(folder, kind, name), days);
  }
  await hasStage(store, 'asked');
  expect(await collect({ days: 14 })).toMatchObject({ removed: ['oldest', 'older', 'old'], freedMiB: 3 });
  expect(readdirSync(join(folder, 'stages')).sort()).toEqual(['asked', 'young']);
});

it('removes no more than it takes to fit a size, and what was not used for the longest time first', async () => {
  await stage('a', 2, 5);
  await stage('b', 3, 9);
  await stage('c', 4, 7);
  const bounds = { days: 14, maxBytes: 4 * MiB };
  const planned = await collect(bounds, { dryRun: true });
  expect(planned).toMatchObject({ removed: ['b', 'c'], freedMiB: 7, inUse: 0 });
  expect(readdirSync(join(folder, 'stages')).sort()).toEqual(['a', 'b', 'c']);
  expect(await collect(bounds)).toEqual(planned);
  expect(readdirSync(join(folder, 'stages'))).toEqual(['a']);
  // What it looked into has not become younger by that.
  expect(await collect({ days: 14, maxBytes: MiB })).toMatchObject({ removed: ['a'] });
});

it('counts a file of several names once, and as freed when the last of them goes', async () => {
  await stage('first', 3, 3);
  await stage('second', 0, 2);
  linkSync(join(store.stage('first'), 'root/file'), join(store.stage('second'), 'root/same'));
  age(store.stage('second'), 2);
  await stage('delivered', 5, 1);
  linkSync(join(store.stage('delivered'), 'root/file'), join(parent, 'image'));
  const before = await collect({ days: 14 });
  expect(Math.floor(before.storeBytes / MiB)).toBe(8);
  expect(await collect({ days: 2.5 })).toMatchObject({ removed: ['first'], freedMiB: 0 });
  expect(await collect({ days: 1.5 })).toMatchObject({ removed: ['second'], freedMiB: 3 });
  const last = await collect({ days: 0 });
  expect(last).toMatchObject({ removed: ['delivered'], freedMiB: 0, storeBytes: 0 });
});

it('keeps what a running command may use: files, and stages that were used since it began', async () => {
  await stage('unused', 1, 1);
  await stage('used', 1, 1);
  writeFileSync(store.file('package'), 'content');
  age(store.file('package'), 30);
  const other = await startUser();
  try {
    await hasStage(store, 'used');
    const collected = await collect({ days: 0, maxBytes: 1 });
    expect(collected).toMatchObject({ removed: ['unused'], inUse: 2 });
  } finally {
    other.kill('SIGKILL');
    await once(other, 'exit');
  }
  expect(await collect({ days: 0 })).toMatchObject({ removed: ['package', 'used'], inUse: 0 });
  expect(readdirSync(join(folder, 'users'))).toHaveLength(1);
});

it('takes a stage for used when it is made, whatever time its folder was given', async () => {
  await withTemporary(store, async (work) => {
    await makeFolder(join(work, 'output'));
    age(join(work, 'output'), 300);
    await keepStage(store, join(work, 'output'), 'new');
  });
  expect(await collect({ days: 14 })).toMatchObject({ removed: [] });
  expect(existsSync(store.stage('new'))).toBe(true);
});

/** Another process that has opened the store and waits. */
async function startUser() {
  const module = pathToFileURL(join(repository, 'build/host/store/store.ts')).href;
  const program = `import { openStore } from '${module}';
await openStore(); console.log('open'); await new Promise((resolve) => setTimeout(resolve, 60000));`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}
