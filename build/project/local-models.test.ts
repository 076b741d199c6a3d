import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { encoded, tinyContent } from '../gguf/fixture.ts';
import { fileSize, hashFile } from '../host/fs/files.ts';
import type { Lock, LockedModel } from '../model/lock.ts';
import { assertAsLocked, changeOf, pinModels } from './local-models.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-local-models-'));
beforeAll(() => void vi.stubEnv('INGOT_STORE', join(folder, 'store')));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const source = join(folder, 'tiny.gguf');
const content = encoded(tinyContent());
let model: LockedModel;
beforeEach(async () => {
  writeFileSync(source, content);
  model = { name: 'tiny', source, size: await fileSize(source), sha256: await hashFile(source) };
});

/** The file with its last byte, which is a weight's, changed. */
function otherWeight(): Buffer {
  const other = Buffer.from(content);
  other[other.length - 1]! ^= 1;
  return other;
}

it('finds nothing wrong with a file that is as it was locked, wherever its time stands', async () => {
  expect(await changeOf(model)).toBeUndefined();
  utimesSync(source, 1, 1);
  expect(await changeOf(model)).toBeUndefined();
});

it('says by how much a file grew', async () => {
  writeFileSync(source, Buffer.concat([content, Buffer.alloc(8)]));
  expect(await changeOf(model)).toMatch(
    new RegExp(`\\(${model.size + 8} bytes\\) and had ${model.size} bytes`),
  );
});

it('finds one changed bit, though size and time are the same', async () => {
  utimesSync(source, 1e9, 1e9);
  await changeOf(model);
  writeFileSync(source, otherWeight());
  utimesSync(source, 1e9, 1e9);
  expect(await changeOf(model)).toMatch(`and was ${model.sha256}`);
});

it('refuses a changed model by its name, and says how to lock it again', async () => {
  writeFileSync(source, otherWeight());
  await expect(assertAsLocked([model], 'ingot lock small')).rejects.toMatchObject({
    code: 'LOCK_STALE',
    message: expect.stringMatching(/^model tiny: .*tiny\.gguf changed after it was locked: its sha256 is /),
    hint: expect.stringContaining('ingot lock small'),
  });
});

it('looks at the file again also when the command line names a model that is locked', async () => {
  writeFileSync(source, otherWeight());
  const lock = { recipe: 'small', models: [model] } as Lock;
  const pinned = await pinModels([{ name: 'other', source }], lock);
  expect(pinned).toEqual([{ ...model, name: 'other' }]);
  await expect(assertAsLocked(pinned, 'x')).rejects.toMatchObject({ code: 'LOCK_STALE' });
});

it('leaves models alone that are no local files', async () => {
  await assertAsLocked(
    [
      { ...model, source: 'builtin:smoke' },
      { ...model, source: 'https://x/y.gguf' },
    ],
    'x',
  );
});
