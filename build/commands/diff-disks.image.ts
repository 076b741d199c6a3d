import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../host/store.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { buildDefaultImage, type DefaultImage } from '../testdata/default-image.ts';
import { makeDisks, packDisk, packings } from '../testdata/disk.ts';
import { startIngot } from '../testdata/ingot.ts';
import type { ImageDiff } from './_diff-images.ts';

let image: DefaultImage;
let store: Store;
let folder: string;
let disks: { xfs: string; ext4: string };
beforeAll(async () => {
  image = await buildDefaultImage();
  store = await openStore();
  folder = mkdtempSync(join(store.folder, 'disks-'));
  disks = await makeDisks(image.path, folder, store);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function diff(a: string, b: string): Promise<ImageDiff> {
  const ended = await startIngot(['diff', a, b]).ended;
  expect([ended.status, ended.stderr]).toEqual([0, expect.not.stringContaining('"error"')]);
  return JSON.parse(ended.stdout) as ImageDiff;
}

const nothing = { packages: [], units: [], kernelOptions: [], models: [] };

test('a disk of XFS holds the very root and models of the ISO that it was made of', async () => {
  const found = await diff(image.path, disks.xfs);
  expect(found).toMatchObject(nothing);
  expect(found.b.counts.models).toBe(1);
  expect(found.files.filter(({ name }) => !name.startsWith('boot:'))).toEqual([]);
  expect(found.commandLines).toContainEqual({
    name: 'boot:loader/entries/nanite.conf',
    to: 'root=LABEL=root rw quiet',
  });
  const esp = found.parts.find(({ name }) => name === 'esp (esp)');
  expect(esp?.to).toBe(String(64 * 1024 * 1024));
});

test('a disk of ext4 holds the same as one of XFS', async () => {
  const found = await diff(disks.xfs, disks.ext4);
  expect(found).toMatchObject({ ...nothing, commandLines: [], parts: [], identical: false });
  expect(found.files).toMatchObject([{ name: 'lost+found' }]);
});

test.each(Object.keys(packings))('a disk as %s holds the same as the raw one', async (extension) => {
  const { toolsStage } = JSON.parse(readFileSync(`${disks.xfs}.json`, 'utf8')) as ArtifactRecord;
  const packed = await packDisk(disks.xfs, extension, store.stage(toolsStage));
  const found = await diff(disks.xfs, packed);
  expect(found).toMatchObject({ ...nothing, commandLines: [], parts: [], files: [], identical: false });
  expect(found.b.counts).toEqual(found.a.counts);
  rmSync(packed);
});
