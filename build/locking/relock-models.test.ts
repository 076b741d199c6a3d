import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sha256 } from '../formats/text/canonical-json.ts';
import { encoded, tinyContent } from '../gguf/fixture.ts';
import { hashFile } from '../host/fs/files.ts';
import type { Lock, LockedModel } from '../model/lock.ts';
import { relockModels } from './relock-models.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-relock-'));
process.env.INGOT_STORE = join(folder, 'store');
afterAll(() => rmSync(folder, { recursive: true }));
const progress = { begin: () => () => {}, bytes: () => {}, note: () => {}, data: () => {} };

const content = encoded(tinyContent());
const smoke: LockedModel = { name: 'smoke', source: 'builtin:smoke', size: 1, sha256: sha256('smoke') };

async function locked(name: string): Promise<LockedModel> {
  const source = join(folder, `${name}.gguf`);
  writeFileSync(source, content);
  return { name, source, size: content.length, sha256: await hashFile(source) };
}

it('locks the models that changed as they are now, and leaves all else as it is', async () => {
  const [same, other] = [await locked('same'), await locked('other')];
  const lock = { recipe: 'small', packages: [], models: [smoke, same, other] } as unknown as Lock;
  expect(await relockModels(lock, progress)).toEqual({ lock, changes: [] });

  writeFileSync(other.source, Buffer.concat([content, Buffer.alloc(32)]));
  const { lock: now, changes } = await relockModels(lock, progress);
  const size = content.length + 32;
  expect(now).toEqual({
    ...lock,
    models: [smoke, same, { ...other, size, sha256: await hashFile(other.source) }],
  });
  expect(changes).toEqual([expect.stringMatching(/^model other \(.*other\.gguf\) is locked again: /)]);
});

it('refuses a model that is none any more, by its name', async () => {
  const broken = await locked('broken');
  writeFileSync(broken.source, 'no model');
  const lock = { models: [broken] } as unknown as Lock;
  await expect(relockModels(lock, progress)).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    message: expect.stringContaining('model broken'),
  });
});
