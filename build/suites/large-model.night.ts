import { mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentOf, tiny, tinyChat } from '../gguf/tiny-models.ts';
import { encodeGguf } from '../gguf/write.ts';
import { hashFile } from '../host/fs/files.ts';
import { runInside } from '../host/run/sandbox.ts';
import { makeScratch, openStore, type Store } from '../host/store/store.ts';
import { startIngot } from '../testdata/ingot.ts';
import { type BuiltImage, buildDefaultImage } from './support/images.ts';

/** Just past 2^32 bytes: what 32 bits cannot count is where extents and sizes break. */
const large = { ...tiny, hidden: 2_800_000 };

let image: BuiltImage;
let store: Store;
let folder: string;

beforeAll(async () => {
  image = await buildDefaultImage();
  store = await openStore();
  folder = await mkdtemp(join(store.folder, 'large-model-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a model above 4 GiB enters the image whole, in bounded memory', async () => {
  const model = join(folder, 'large.gguf');
  const size = await writeSparseModel(model);
  expect(size).toBeGreaterThan(2 ** 32);

  const args = [
    'build',
    'nanite-server',
    '--model',
    model,
    '--memory',
    '8GiB',
    '--out',
    folder,
    ...image.lock,
  ];
  const ended = await startIngot(args).ended;
  expect([ended.status, ended.stderr]).toEqual([0, expect.any(String)]);
  console.log(
    `peak resident size of the build: ${ended.peakMiB.toFixed(0)} MiB for a model of ${size} bytes`,
  );
  expect(ended.peakMiB).toBeGreaterThan(0);
  expect(ended.peakMiB).toBeLessThan(300);

  const [{ path, record }] = JSON.parse(ended.stdout);
  const work = await makeScratch(folder, 'extracted');
  const tools = store.stage(record.toolsStage);
  const sandbox = { tools, work, inputs: { '/inputs/image.iso': path }, sourceDateEpoch: 1 };
  await runInside(sandbox, ['sh', '-euc', extract]);
  expect(await hashFile(join(work, 'models/large.gguf'))).toBe(await hashFile(model));
  // Large stages are no use to anyone after this test.
  await rm(store.stage(record.modelsStage), { recursive: true });
  await rm(store.file(record.models[0].sha256));
});

const extract = `
xorriso -osirrox on -indev /inputs/image.iso -extract /models/models.erofs models.erofs
fsck.erofs --extract=models models.erofs
`;

/**
 * Header, then a hole, with a mark on either side of 4 GiB and at the very end. Returns the size in bytes.
 */
async function writeSparseModel(path: string): Promise<number> {
  const model = tinyChat(large);
  const header = encodeGguf(contentOf(model)).next().value as Uint8Array;
  const tensors = [...model.tensors.values()];
  const size = tensors.reduce((sum, { dims }) => sum + dims.reduce((a, b) => a * b, 4), header.length);
  const file = await open(path, 'w');
  await file.write(header);
  for (const at of [2 ** 32 - 4, 2 ** 32, size - 4]) await file.write(Buffer.from('mark'), 0, 4, at);
  await file.close();
  return size;
}
