import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { injectFault } from './case.ts';
import { breakEveryStep, type Fault } from './chain.ts';
import { prepare, sharedStore, startBuild } from './fault-store.ts';
import type { Expected } from './invariants.ts';
import { type Mirror, startMirror } from './mirror.ts';
import { bounded, randomOf } from './random.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';

const shared = sharedStore();
const random = randomOf('disk-full');
const names = shared.stages.map(({ name }) => name);
const kind = 'full disk';

let disk: SmallDisk;
let mirror: Mirror;
beforeAll(async () => {
  disk = await openSmallDisk(shared, 8192);
  mirror = await startMirror(shared);
});
afterAll(async () => {
  mirror.close();
  await disk.close();
});

/** Another program fills the disk while the build runs. */
function fault(): Fault {
  const but = Math.floor(random() * 2 ** 16);
  return {
    kind,
    name: `the last byte but ${but} is taken`,
    how: { env: { INGOT_DEBIAN_MIRROR: mirror.url } },
    hit() {
      disk.fill(but);
      return { codes: ['DISK_FULL'], says: /INGOT_STORE/ };
    },
    undo: disk.free,
  };
}

// The bounded part begins behind the two long stages.
const rounds = bounded ? ['root image'] : [names[0]!, names[0]!, names[0]!];
test.each(rounds)('one build whose disk fills up in each stage, from %s on, ends identical', async (from) => {
  const { place } = disk;
  prepare(place, from);
  // Packages are downloaded, so that fetching needs space as well.
  rmSync(place.seen(join(place.store, 'files')), { recursive: true });
  const refused = await injectFault({ kind, name: 'known before', place, fault: tooSmall, undo: disk.free });
  await breakEveryStep({ place, fault, random, before: [refused] });
});

/** There is less space than the missing packages need. */
async function tooSmall() {
  disk.fill(40 * 2 ** 20);
  const ended = await startBuild(disk.place, { env: { INGOT_DEBIAN_MIRROR: mirror.url } }).ended;
  expect(ended.stderr).not.toContain('"step":"fetch');
  const expected: Expected = { codes: ['DISK_FULL'], says: /needs at least .* are free at/ };
  return { ended, expected };
}
