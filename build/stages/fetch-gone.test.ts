import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockedPackage } from '../schema/fixture.ts';
import { movedOn, status, withServers } from '../testdata/loopback.ts';
import { body, bundle, fetchFrom, folder, from, sha256, store, zstd } from './fetch-fixture.ts';

it('lists everything that no mirror has, with the age of the lock and two ways on', async () => {
  const packages = [zstd, { ...lockedPackage('apt', 'c') }];
  const [error] = await withServers(body, [movedOn, status(410)], (mirrors) =>
    fetchFrom({ mirrors, offline: false }, packages),
  );
  expect(error).toMatchObject({
    code: 'LOCK_GONE',
    message: expect.stringMatching(
      /^no mirror has 2 packages locked against the archive of 2026-10-30: apt 1\.0-1, zstd 1\.0-1; mirror http:\S+ \(M\) says that there is nothing at its address \(HTTP 404\)$/,
    ),
    hint: expect.stringMatching(/--update.*\{timestamp\}.*ingot mirror/),
  });
});

it('names five of many packages that are gone, and counts the others', async () => {
  const many = Array.from({ length: 40 }, (_, i) => lockedPackage(`p${i + 10}`, 'c'));
  const [error] = await withServers(body, [movedOn], (mirrors) =>
    fetchFrom({ mirrors, offline: false }, many),
  );
  expect(error).toMatchObject({
    code: 'LOCK_GONE',
    message:
      'the mirror no longer has 40 packages locked against the archive of 2026-10-30: ' +
      'p10 1.0-1, p11 1.0-1, p12 1.0-1, p13 1.0-1, p14 1.0-1 and 35 more',
  });
});

it.each([[[status(404)]], [[status(404), status(404)]]])(
  'tells a wrong address from an archive that has moved on, of %#',
  async (answers) => {
    const [error, asked] = await withServers(body, answers, (urls) =>
      from(...urls.map((url) => `${url}/debain`)),
    );
    expect(error).toMatchObject({
      code: 'MIRROR_DOWN',
      message: expect.stringMatching(
        /^mirror http:\S+\/debain \(M\) says that there is nothing at its address \(HTTP 404\).*, so it is no archive$/,
      ),
      hint: expect.stringMatching(/^correct the address/),
    });
    expect(asked.filter((path) => path === '/debain/')).toHaveLength(answers.length);
  },
);

it.each([false, true])('tells that a folder is no mirror; offline: %s', async (offline) => {
  const empty = join(folder, 'empty');
  mkdirSync(empty, { recursive: true });
  expect(await fetchFrom({ mirrors: [empty], offline })).toMatchObject({
    code: 'MIRROR_DOWN',
    message: `mirror ${empty} (M) has no folder named pool, so it is no archive`,
  });
});

it('takes from the next mirror what a folder that has gone away cannot give, and names that one', async () => {
  const away = join(folder, 'away');
  expect(await from(away, bundle)).toBeUndefined();
  rmSync(store.file(sha256));
  expect(await from(away)).toMatchObject({
    code: 'PATH_UNUSABLE',
    message: `mirror ${away} (M): the folder is not there`,
    hint: expect.stringContaining('stick'),
  });
});
