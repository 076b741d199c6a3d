import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { repository } from '../fs/files.ts';
import { ownName } from '../fs/owner.ts';
import { discard } from './discard.ts';
import { flushStage } from './durability.ts';
import { hasStage, keepFile, keepStage, openStore, type Store, sweep, withTemporary } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-store-'));
process.env.INGOT_STORE = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const temporary = () => readdirSync(join(folder, 'temporary'));
const unflushed = (...ids: string[]) =>
  ids.filter((id) => readdirSync(join(folder, 'unflushed')).some((name) => name.startsWith(`${id}.`)));

it('makes its folders where INGOT_STORE says', async () => {
  expect((await openStore()).folder).toBe(folder);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['files', 'logs', 'stages', 'temporary']));
});

it('has a stage only once it is whole, and the temporary folder is gone then', async () => {
  const store = await openStore();
  await withTemporary(store, async (work) => {
    writeResult(work, 'result');
    expect(await hasStage(store, 'one')).toBe(false);
    expect(temporary()).toHaveLength(1);
    await keepStage(store, join(work, 'output'), 'one');
  });
  expect(await hasStage(store, 'one')).toBe(true);
  expect(readResult(store, 'one')).toBe('result');
  expect(temporary()).toEqual([]);
});

it('leaves nothing of work that failed, and hands its error on', async () => {
  const store = await openStore();
  const failed = withTemporary(store, async (work) => {
    writeResult(work, 'half');
    throw new Error('in the middle');
  });
  await expect(failed).rejects.toThrow('in the middle');
  expect(temporary()).toEqual([]);
});

it('lets two make one stage at once: both succeed, and the first result stays', async () => {
  const store = await openStore();
  const make = (text: string) =>
    withTemporary(store, async (work) => {
      writeResult(work, text);
      await keepStage(store, join(work, 'output'), 'both');
    });
  await Promise.all([make('one'), make('other')]);
  const kept = readResult(store, 'both');
  expect(['one', 'other']).toContain(kept);
  await make('late');
  expect(readResult(store, 'both')).toBe(kept);
  expect(temporary()).toEqual([]);
});

it('notes of a stage that it is not flushed, until it is', async () => {
  const store = await openStore();
  await withTemporary(store, async (work) => {
    writeResult(work, 'result');
    await keepStage(store, join(work, 'output'), 'fresh');
  });
  await openStore();
  expect([readResult(store, 'fresh'), unflushed('fresh')]).toEqual(['result', ['fresh']]);
  await flushStage(store, 'fresh');
  expect([readResult(store, 'fresh'), unflushed('fresh')]).toEqual(['result', []]);
});

it('removes a stage that cannot be flushed', async () => {
  const store = await openStore();
  await withTemporary(store, async (work) => {
    writeResult(work, 'result');
    symlinkSync('nowhere', join(work, 'output', 'link'));
    await keepStage(store, join(work, 'output'), 'bad');
  });
  await expect(flushStage(store, 'bad')).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await hasStage(store, 'bad')).toBe(false);
  expect(unflushed('bad')).toEqual([]);
});

it('removes stages that were not flushed in an earlier boot, and flushes those of this one when they have waited', async () => {
  const store = await openStore();
  const own = ownName();
  const earlier = own.replace(/^[0-9a-f]+/, '000000000000');
  const minutes = (count: number) => new Date(Date.now() - count * 60_000);
  const notes: [id: string, owner: string, written: Date][] = [
    ['new', own, minutes(0)],
    ['waited', own, minutes(2)],
    ['lost', earlier, minutes(0)],
    ['long-lost', earlier, minutes(2)],
  ];
  const noteOf = (id: string, owner: string) => join(folder, 'unflushed', `${id}.${owner}-aa`);
  for (const [id, owner, written] of notes) {
    mkdirSync(store.stage(id));
    writeFileSync(noteOf(id, owner), '');
    utimesSync(noteOf(id, owner), written, written);
  }
  writeFileSync(noteOf('removed', own), '');
  utimesSync(noteOf('removed', own), minutes(2), minutes(2));
  await openStore();
  expect(notes.map(([id]) => existsSync(store.stage(id)))).toEqual([true, true, false, false]);
  expect(unflushed('removed', ...notes.map(([id]) => id))).toEqual(['new']);
  rmSync(noteOf('new', own));
});

it('hands on what kept a stage from being moved, unless it is there already', async () => {
  const store = await openStore();
  writeFileSync(store.stage('file'), 'no folder');
  const failed = withTemporary(store, (work) => keepStage(store, work, 'file'));
  await expect(failed).rejects.toMatchObject({ code: 'ENOTDIR' });
  rmSync(store.stage('file'));
});

it('moves a file in by its hash; one that is there stays, so that a link to it never fails', async () => {
  const store = await openStore();
  const arrive = async () => {
    writeFileSync(join(folder, 'arrived'), 'good');
    return keepFile(store, join(folder, 'arrived'), 'abc');
  };
  expect(await arrive()).toBe(store.file('abc'));
  const { ino } = statSync(store.file('abc'));
  expect(await arrive()).toBe(store.file('abc'));
  expect(statSync(store.file('abc')).ino).toBe(ino);
  expect(readFileSync(store.file('abc'), 'utf8')).toBe('good');
  expect(existsSync(join(folder, 'arrived'))).toBe(false);
});

it('discards an entry whole: it is moved away before anything in it is removed', async () => {
  const store = await openStore();
  mkdirSync(join(store.stage('three'), 'deep'), { recursive: true });
  await discard(store, store.stage('three'));
  expect(await hasStage(store, 'three')).toBe(false);
  expect(temporary()).toEqual([]);
});

it('sweeps what a killed process left, and nothing of one that lives', async () => {
  const store = await openStore();
  const dead = await holdTemporary();
  const alive = await holdTemporary();
  expect(temporary()).toHaveLength(2);
  const ended = once(dead.child, 'exit');
  dead.child.kill('SIGKILL');
  await ended;
  await withTemporary(store, async (own) => {
    expect(await sweep(store)).toEqual([dead.folder]);
    expect([existsSync(alive.folder), existsSync(own)]).toEqual([true, true]);
  });
  alive.child.kill('SIGKILL');
  await once(alive.child, 'exit');
  await openStore();
  expect(temporary()).toEqual([]);
});

it('sweeps a folder whose process number belongs to another process or boot by now', async () => {
  const store = await openStore();
  const [boot, pid] = await withTemporary(store, async (own) => own.split('/').at(-1)!.split('.'));
  for (const name of [`${boot}.${pid}.1-aa`, `000000000000.${pid}.1-aa`, 'stray'])
    mkdirSync(join(folder, 'temporary', name));
  expect(await sweep(store)).toHaveLength(3);
});

/** Another process that has a temporary folder in the store and waits. */
async function holdTemporary() {
  const module = pathToFileURL(join(repository, 'build/host/store/store.ts')).href;
  const hold = `import { openStore, withTemporary } from '${module}';
await withTemporary(await openStore(), async (folder) => { console.log(folder); await new Promise((r) => setTimeout(r, 60000)); });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', hold], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, folder: String(said).trim() };
}

function writeResult(work: string, text: string): void {
  mkdirSync(join(work, 'output'));
  writeFileSync(join(work, 'output', 'file'), text);
}

function readResult(store: Store, id: string): string {
  return readFileSync(join(store.stage(id), 'file'), 'utf8');
}
