import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { encoded, tinyContent } from '../gguf/fixture.ts';
import { hashChunks } from '../host/store/blobs.ts';
import { openStore } from '../host/store/store.ts';
import { serve } from '../testdata/loopback.ts';
import { pinModel } from './obtain-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-hub-'));
process.env.INGOT_STORE = join(folder, 'store');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = encoded(tinyContent());
const pin = hashChunks([file]);
const store = await openStore();
const scratch = join(folder, 'scratch');
mkdirSync(scratch);
const progress = { begin: () => () => {}, bytes: () => {}, note: () => {}, data: () => {} };
const context = { store, scratch, progress, sources: async () => ({ mirrors: [], offline: false }) };
const stored = () => readdirSync(join(store.folder, 'files'));

it('takes a model of a hub from the one that is named, by branch and then by the revision that this meant', async () => {
  const commit = 'c'.repeat(40);
  const asked: string[] = [];
  const server = await serve(file, [
    (request, response, body) => {
      asked.push(request.url!);
      response.setHeader('X-Repo-Commit', commit);
      response.end(request.method === 'HEAD' ? undefined : body);
    },
  ]);
  process.env.INGOT_MODEL_HUB = `${server.url}/`;
  try {
    const model = { name: 'tiny', source: 'hub:owner/models/q4/tiny.gguf', sha256: pin.sha256 };
    expect(await pinModel(model, context)).toEqual({ ...pin, revision: commit });
    expect(asked).toEqual(['main', commit].map((at) => `/owner/models/resolve/${at}/q4/tiny.gguf`));
    rmSync(store.file(pin.sha256));
    const other = { ...model, sha256: '0'.repeat(64) };
    await expect(pinModel(other, context)).rejects.toMatchObject({
      code: 'HASH_MISMATCH',
      message: expect.stringContaining(`but ${other.sha256} is wanted`),
    });
    expect(stored()).toEqual([]);
  } finally {
    delete process.env.INGOT_MODEL_HUB;
    server.close();
  }
});
