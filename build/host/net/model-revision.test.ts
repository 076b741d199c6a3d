import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Loopback, serve, status } from '../../testdata/loopback.ts';
import { modelRevision, pinnedUrl } from './model-revision.ts';

const commit = 'c'.repeat(40);
let hub: Loopback;
beforeAll(async () => {
  hub = await serve(Buffer.from(''), [
    status(302, { 'x-repo-commit': commit, location: 'http://127.0.0.1:9/' }),
  ]);
});
afterAll(() => hub.close());

it.each([
  ['a branch is looked up', '/org/repo/resolve/main/m.gguf', commit],
  ['a commit is taken as it is', `/org/repo/resolve/${'d'.repeat(40)}/m.gguf`, 'd'.repeat(40)],
  ['other URLs have none', '/files/m.gguf', undefined],
])('%s', async (_what, path, revision) => {
  expect(await modelRevision(`${hub.url}${path}`)).toBe(revision);
});

it('keeps the name of a branch where the hub does not answer', async () => {
  expect(await modelRevision('http://127.0.0.1:9/org/repo/resolve/v1.0/m.gguf')).toBe('v1.0');
});

it('puts the commit in place of the branch', () => {
  const url = 'https://hub.example/org/repo/resolve/main/sub/m.gguf?download=true';
  expect(pinnedUrl(url, commit)).toBe(url.replace('main', commit));
  expect(pinnedUrl(url, undefined)).toBe(url);
  expect(pinnedUrl('https://files.example/m.gguf', commit)).toBe('https://files.example/m.gguf');
});
