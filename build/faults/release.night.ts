import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { excerpt } from '../formats/text/excerpt.ts';
import { readLock } from '../project/inputs.ts';
import type { Ended, Started } from '../testdata/ingot.ts';
import { makeArchive, makeSigner, type Signer, suiteFiles } from './archive.ts';
import { assertFault } from './case.ts';
import { prepare, sharedStore, stageFolder, startIn, wholeLockOf } from './fault-store.ts';
import type { Expected } from './invariants.ts';
import { type Mirror, startMirror } from './mirror.ts';
import { bounded, chosen, oneOf, randomOf } from './random.ts';

/**
 * Locking against an archive of the locked packages that a throw-away key signs; that key stands in the place
 * of the archive's own, in a mount namespace for the host's keyring and in a copy of the tools tree.
 */
const place = sharedStore();
const random = randomOf('release');
const { base, release } = wholeLockOf(place);
const trusted = '/usr/share/keyrings/debian-archive-keyring.gpg';
const lockFile = join(place.folder, 'made.lock.json');

let archive: { packages: string; release: string };
let [signer, stranger]: (Signer | undefined)[] = [];
let mirror: Mirror;
beforeAll(async () => {
  prepare(place);
  archive = await makeArchive(place, 'Wed, 01 Jan 2020 00:00:00 UTC');
  [signer, stranger] = [makeSigner(), makeSigner()];
  mirror = await startMirror(place);
  const inTools = join(stageFolder(place, 'tools'), trusted);
  copyFileSync(signer.keyring, `${inTools}.new`);
  renameSync(`${inTools}.new`, inTools);
});
afterAll(() => {
  mirror.close();
  signer!.close();
  stranger!.close();
  rmSync(stageFolder(place, 'tools'), { recursive: true });
});

type Suite = { InRelease?: string; Release?: string; 'main/binary-amd64/Packages'?: string };

function publish(suite: Suite): void {
  mirror.files.clear();
  for (const [path, body] of suiteFiles(base, suite)) mirror.files.set(path, body);
}

function whole(): Suite {
  return {
    InRelease: signer!.clearsign(archive.release),
    'main/binary-amd64/Packages': archive.packages,
  };
}

function startLock(): Started {
  const script = 'mount --bind "$0" "$1" && shift && exec "$@"';
  const inside = ['unshare', '--mount', '--propagation', 'private', '--', 'sh', '-c', script];
  return startIn(place, ['lock', 'nanite-server', '--update', '--lock', lockFile], {
    env: { INGOT_DEBIAN_MIRROR: mirror.url },
    prefix: [...inside, signer!.keyring, trusted],
  });
}

/**
 * Locks against the good archive: the lock is the committed one's equal, and so is an image that is built
 * from it.
 */
async function relock(): Promise<string> {
  publish(whole());
  const ended = await startLock().ended;
  if (ended.status !== 0) return excerpt(ended.stderr);
  const made = JSON.parse(readFileSync(lockFile, 'utf8'));
  rmSync(lockFile);
  expect(made.release.date).toBe(release.date);
  const { packages, tools } = wholeLockOf(place);
  expect(made.packages).toEqual(packages);
  expect(made.tools).toEqual(tools);
  return place.image.sha256;
}

const refused: Expected = {
  codes: ['SIGNATURE_INVALID'],
  says: /is not signed by the Debian keyring.*INGOT_DEBIAN/,
};
const down: Expected = { codes: ['MIRROR_DOWN'], says: /package index.*INGOT_DEBIAN_MIRROR/ };
const releases: [name: string, suite: () => Suite, expected: Expected][] = [
  ['an expired Release, whose date the lock records', whole, 'well'],
  [
    'a Release signed by a stranger',
    () => ({ ...whole(), InRelease: stranger!.clearsign(archive.release) }),
    refused,
  ],
  ['a Release altered since it was signed', () => altered(whole()), refused],
  ['an unsigned Release', () => ({ ...whole(), InRelease: undefined, Release: archive.release }), refused],
  ['no Release at all', () => ({}), down],
  [
    'another index than the signed one',
    () => ({ ...whole(), 'main/binary-amd64/Packages': archive.packages.replace('Version: ', 'Version: 9') }),
    down,
  ],
];

test.each(chosen(releases, 2, random))('%s', async (name, suite, expected) => {
  prepare(place);
  publish(suite());
  await assertFault({
    kind: 'Release',
    name,
    place,
    async fault() {
      const ended = await startLock().ended;
      expect(existsSync(lockFile)).toBe(expected === 'well');
      return { ended, expected };
    },
    rerun: relock,
  });
});

test.each(bounded ? [1] : Array.from({ length: 8 }, (_, index) => index + 1))(
  'locking is stopped: %i',
  async () => {
    prepare(place);
    publish(whole());
    const signal = oneOf(['SIGKILL', 'SIGTERM', 'SIGINT'] as const, random);
    const step = oneOf(['resolve tools', 'resolve image'], random);
    await assertFault({
      kind: `${signal} at a random moment`,
      name: `${signal} in ingot lock, ${step}`,
      place,
      async fault() {
        let ended: Ended;
        do {
          rmSync(lockFile, { force: true });
          const build = startLock();
          await build.begins(step);
          await sleep(random() * 1500);
          build.child.kill(signal);
          ended = await build.ended;
        } while (ended.status === 0);
        // Stopped at the very end, it has been written: whole, or not at all.
        if (existsSync(lockFile)) await readLock(lockFile);
        return { ended, expected: signal === 'SIGKILL' ? 'killed' : { codes: ['INTERRUPTED'] } };
      },
      rerun: relock,
    });
  },
);

function altered(suite: Suite): Suite {
  return { ...suite, InRelease: suite.InRelease!.replace('Components: main', 'Components: mein') };
}
