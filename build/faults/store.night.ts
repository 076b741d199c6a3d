import {
  appendFileSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownName } from '../host/fs/owner.ts';
import { assertFault } from './case.ts';
import { lockOf, prepare, sharedStore, stageFolder, startBuild } from './fault-store.ts';
import { type Mirror, startMirror } from './mirror.ts';
import { bounded, chosen, oneOf, randomOf } from './random.ts';

const place = sharedStore();
const random = randomOf('store');
let mirror: Mirror;
beforeAll(async () => {
  mirror = await startMirror(place);
});
afterAll(() => mirror.close());

const lock = lockOf(place);
const [model] = lock.models;
const toolsFile = oneOf(lock.tools, random);
const imageFile = oneOf(lock.packages, random);

/** Paths below the store: of a stage's file, of a stored file, of a package's hard link in a stage. */
const inStage = (stage: string, path = '') => join('stages', basename(stageFolder(place, stage)), path);
const inFiles = ({ sha256 }: { sha256: string }) => join('files', sha256);
const linked = (stage: string, { path }: { path: string }, below = '') =>
  inStage(stage, join(below, basename(path)));

interface Damage {
  name: string;
  /** Paths of one file in the store. */
  paths: () => string[];
  /** The first stage that has to be repeated, if any. */
  from?: string;
  says: RegExp;
  /** What the message says to remove, where Ingot does not itself. */
  remove?: () => string[];
}

const damages: Damage[] = [
  {
    name: 'a package that is to be fetched',
    paths: () => [inFiles(imageFile)],
    from: 'fetch image',
    says: /is not .* any more/,
    remove: () => [inFiles(imageFile)],
  },
  {
    name: 'a package of the tools since it was fetched',
    paths: () => [inFiles(toolsFile), linked('fetch tools', toolsFile)],
    from: 'tools',
    says: /damaged in the store: .*removed from the store/,
  },
  {
    name: 'a package of the image since it was fetched',
    paths: () => [
      inFiles(imageFile),
      linked('fetch image', imageFile),
      linked('repo image', imageFile, 'pool'),
    ],
    from: 'packages image',
    says: /damaged in the store: .*removed from the store/,
  },
  {
    name: 'a package of the image before its repository is made',
    paths: () => [inFiles(imageFile), linked('fetch image', imageFile)],
    from: 'repo image',
    says: /damaged in the store: .*removed from the store/,
  },
  {
    name: 'a model',
    paths: () => [inFiles(model!)],
    from: 'models image',
    says: /model smoke: .*damaged one in the store was removed/,
  },
  {
    name: "the models' file system",
    paths: () => [inStage('models image', 'models.erofs')],
    from: 'iso',
    says: /models\.erofs is damaged in the store.*rm -r/,
    remove: () => [inStage('models image')],
  },
  {
    name: 'the finished image',
    paths: () => [inStage('iso', 'image')],
    says: /\/image has sha256 .*bytes\) instead of.*rm -r/,
    remove: () => [inStage('iso')],
  },
  {
    name: 'the digest of the finished image',
    paths: () => [inStage('iso', 'digest.json')],
    says: /(digest\.json is damaged|bytes\) instead of).*rm -r/,
    remove: () => [inStage('iso')],
  },
];

const ways: [way: string, change: (path: string) => void][] = [
  ['one flipped byte in', flip],
  ['a truncated', (path) => truncateSync(path, Math.floor(statSync(path).size * random()))],
];
const cases = damages.flatMap((damage) => ways.map(([way, change]) => ({ ...damage, way, change })));

// The bounded part leaves out what takes the packages to be installed again.
const quick = cases.filter(({ from }) => from === undefined || /models|iso/.test(from));
test.each(bounded ? chosen(quick, 2, random) : cases)(
  '$way $name stops the build and is named',
  async (one) => {
    const { paths, from, says, remove, change, way, name } = one;
    prepare(place, from);
    const [first, ...others] = paths().map((path) => join(place.store, path));
    // A file of its own, so that what the undisturbed build has is spared; damage leaves a file's time as it
    // is.
    const { atime, mtime } = statSync(first!);
    copyFileSync(first!, `${first}.copy`);
    change(`${first}.copy`);
    utimesSync(`${first}.copy`, atime, mtime);
    renameSync(`${first}.copy`, first!);
    for (const path of others) {
      rmSync(path);
      linkSync(first!, path);
    }
    await assertFault({
      kind: 'damaged store entry',
      name: `${way} ${name}`,
      place,
      harmed: paths().map((path) => path.split('/').slice(0, 2).join('/')),
      async fault() {
        const ended = await startBuild(place).ended;
        return { ended, expected: { codes: ['HASH_MISMATCH'], says } };
      },
      async rerun() {
        const { stdout } = await startBuild(place, { env: { INGOT_DEBIAN_MIRROR: mirror.url } }).ended;
        return JSON.parse(stdout)[0].record.sha256;
      },
      undo() {
        for (const path of remove?.() ?? []) rmSync(join(place.store, path), { recursive: true });
      },
    });
  },
);

test('what a process left that died is swept away, its locks included', async () => {
  prepare(place);
  const dead = ownName().replace(/\.\d+\.\d+$/, '.4194303.1');
  const left = join(place.store, 'temporary', `${dead}-0badcafe`);
  mkdirSync(join(left, 'scratch/root/var/lib/dpkg'), { recursive: true });
  writeFileSync(join(left, 'scratch/root/var/lib/dpkg/lock'), '');
  const delivered = await startBuild(place).ended;
  const image = JSON.parse(delivered.stdout)[0].path;
  writeFileSync(`${image}.${dead}-0badcafe.tmp`, 'half an image');
  // The store has the same file under another name, and so has the undisturbed build's.
  copyFileSync(image, `${image}.copy`);
  renameSync(`${image}.copy`, image);
  appendFileSync(image, 'changed since');
  await assertFault({
    kind: 'left by a dead process',
    name: 'a temporary folder with a lock file, and half a delivery',
    place,
    async fault() {
      return { ended: await startBuild(place).ended, expected: 'well' };
    },
  });
  expect(readFileSync(`${image}.json`, 'utf8')).toContain(place.image.sha256);
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
  writeFileSync(path, bytes);
}
