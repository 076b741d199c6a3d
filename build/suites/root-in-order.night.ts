import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInside } from '../host/run/sandbox.ts';
import { makeScratch, openStore, type Store } from '../host/store/store.ts';
import { buildDefaultImage } from './support/images.ts';

const programs = fileURLToPath(new URL('../stages/disk/', import.meta.url));
let store: Store;
let tools: string;
let folder: string;
/** Two folders in memory that hold the same and were filled from the first name on, and from the last. */
const filled = mkdtempSync('/dev/shm/ingot-order-');

beforeAll(async () => {
  const { path } = await buildDefaultImage();
  store = await openStore();
  tools = store.stage(JSON.parse(readFileSync(`${path}.json`, 'utf8')).toolsStage);
  folder = mkdtempSync(join(store.folder, 'order-'));
  for (const way of ['forwards', 'backwards']) fill(join(filled, way), way === 'forwards');
});
afterAll(() => {
  for (const path of [folder, filled]) rmSync(path, { recursive: true, force: true });
});

/** Names that continue each other, links of both kinds, modes: what a copy in order could spoil. */
const steps = [
  'mkdir -p a; echo 1 > a/x',
  'echo 2 > a-b',
  'echo 3 > a.b',
  'ln -s /etc/hostname absolute; ln -s a/x relative',
  'echo 4 > first; ln first second',
  'echo 5 > set-uid; chmod 4755 set-uid',
  'echo 6 > "with a space"; mkdir -m 1777 tmp',
];

function fill(to: string, forwards: boolean): void {
  mkdirSync(to);
  const script = forwards ? steps : steps.toReversed();
  execFileSync('sh', ['-euc', script.join('\n')], { cwd: to });
  execFileSync('find', [to, '-exec', 'touch', '--no-dereference', '--date=@1', '{}', '+']);
  if (forwards) execFileSync('touch', ['-a', '--date=@0', join(to, 'first')]);
}

test('the same files make the same XFS and ext4, whatever order their folders list them in and whenever they were read', async () => {
  const [forwards, backwards] = ['forwards', 'backwards'].map((way) => join(filled, way)) as [string, string];
  const listed = (path: string) => execFileSync('ls', ['-U', path], { encoding: 'utf8' });
  expect(listed(forwards)).not.toBe(listed(backwards));
  const sums: string[] = [];
  for (const [root, before, way] of [
    [forwards, '', 'layered'],
    [backwards, '', 'layered'],
    [backwards, onTwoOverlays, 'copied'],
  ] as const) {
    const work = await makeScratch(folder, `work${sums.length}`);
    const sandbox = {
      tools,
      work,
      inputs: { '/inputs/root': root, '/inputs/program': programs },
      sourceDateEpoch: 1,
    };
    const made = await runInside(sandbox, [
      'sh',
      '-euc',
      `${before}\nsh /inputs/program/root-in-order.sh\n${makeXfs}`,
    ]);
    expect(made.slice(0, made.indexOf('\n'))).toBe(way);
    sums.push(made.slice(way.length + 1));
    // In memory, and gone with the sandbox.
    expect(['ordered', 'memory'].flatMap((name) => readdirSync(join(work, name)))).toEqual([]);
  }
  expect(sums[0]).toMatch(
    /^a\na-b\na\.b\n.*4755 \.\/set-uid\n1777 \.\/tmp\n2 links\n\/etc\/hostname\n[0-9a-f]{64}/s,
  );
  expect(sums.slice(1)).toEqual([sums[0], sums[0]]);
});

/** Linux puts no third one on top. */
const onTwoOverlays = `
mkdir empty one two
mount -t overlay -o ro,lowerdir=/inputs/root:empty one one
mount -t overlay -o ro,lowerdir=one:empty two two
mount --bind two /inputs/root
`;

const makeXfs = `
cd ordered/root
ls -U
stat --format='%a %n' ./set-uid ./tmp
stat --format='%h links' first
readlink absolute
cd ../..
truncate --size=512M made.xfs
DETERMINISTIC_SEED=1 mkfs.xfs -q -m uuid=56915ba4-f60a-42b1-b8a9-f504b6183978 -p ordered/root made.xfs
sha256sum < made.xfs
truncate --size=64M made.ext4
E2FSPROGS_FAKE_TIME=1 mkfs.ext4 -q -U 56915ba4-f60a-42b1-b8a9-f504b6183978 \\
  -E hash_seed=56915ba4-f60a-42b1-b8a9-f504b6183978 -d ordered/root made.ext4
sha256sum < made.ext4
`;
