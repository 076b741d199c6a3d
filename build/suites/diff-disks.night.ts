import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diffImages } from '../diff/images.ts';
import { openStore } from '../host/store/store.ts';
import { readImageContents } from '../inspect/image-contents.ts';
import { type ImageFacts, readImageFacts } from '../inspect/image-facts.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { makeDisks, packDisk, packings } from './support/disk.ts';
import { buildDefaultImage } from './support/images.ts';

let folder: string;
let disks: { xfs: string; ext4: string };
let context: Parameters<typeof readImageFacts>[2];
let [iso, xfs]: ImageFacts[] = [];
beforeAll(async () => {
  const image = await buildDefaultImage();
  const store = await openStore();
  const { toolsStage } = JSON.parse(readFileSync(`${image.path}.json`, 'utf8')) as ArtifactRecord;
  context = { store, tools: store.stage(toolsStage) };
  folder = mkdtempSync(join(store.folder, 'disks-'));
  disks = await makeDisks(image.path, folder, store);
  iso = await facts(image.path);
  xfs = await facts(disks.xfs);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The file's name stands for its hash. */
async function facts(artifact: string): Promise<ImageFacts> {
  const started = Date.now();
  const found = await readImageFacts(artifact, { sha256: artifact, size: 1 }, context);
  console.info(`${basename(artifact)}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return found;
}

const nothing = { identical: false, packages: [], units: [], kernelOptions: [], models: [] };

test('a disk of XFS holds the very root and models of the ISO that it was made of', () => {
  const diff = diffImages(iso!, xfs!, []);
  expect(diff).toMatchObject(nothing);
  expect(diff.b.counts).toMatchObject({ models: 1, parts: 4, commandLines: 1 });
  expect(diff.b.counts.kernelOptions).toBeGreaterThan(5000);
  expect(diff.files.filter(({ name }) => !name.startsWith('boot:'))).toEqual([]);
  expect(diff.commandLines).toContainEqual({
    name: 'boot:loader/entries/nanite.conf',
    to: 'root=LABEL=root rw quiet',
  });
  expect(diff.parts.find(({ name }) => name === 'esp (esp)')?.to).toBe(String(260 * 1024 * 1024));
  expect(xfs!.files.get('usr/bin/sudo')?.mode).toBe(0o4755);
});

test('a disk of ext4 holds the same as one of XFS', async () => {
  const diff = diffImages(xfs!, await facts(disks.ext4), []);
  expect(diff).toMatchObject({ ...nothing, commandLines: [], parts: [] });
  expect(diff.files).toMatchObject([{ name: 'lost+found' }]);
});

test.each(Object.keys(packings))('a disk as %s holds the same as the raw one', async (extension) => {
  const packed = await packDisk(disks.xfs, extension, context.tools);
  // What is packed into another form is the same disk, so a part of it tells.
  const contents = await readImageContents(packed, context);
  expect(contents.packages.length).toBe(xfs!.packages.size);
  expect([new Map(contents.kernel!.options), contents.models]).toEqual([xfs!.kernel, xfs!.models]);
  rmSync(packed);
});

test.each(['xfs', 'ext4'] as const)('only what check looks at is taken out of %s', async (format) => {
  const contents = await readImageContents(disks[format], context);
  expect(contents.packages.length).toBe(xfs!.packages.size);
  expect([new Map(contents.kernel!.options), contents.models]).toEqual([xfs!.kernel, xfs!.models]);
});
