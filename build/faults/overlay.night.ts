import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { ErrorCode } from '../model/errors.ts';
import { copyCheckout } from '../testdata/checkout.ts';
import { assertFault } from './case.ts';
import { command, prepare, sharedStore, stageFolder, startBuild, startIn } from './fault-store.ts';
import { chosen, randomOf } from './random.ts';

const place = sharedStore();
const random = randomOf('overlay');
const drawer = 'overlays/zram';
const lockFile = 'recipes/nanite-server.forky.lock.json';
const plan = ['plan', 'nanite-server', ...place.image.lock];

interface Plant {
  name: string;
  /** Puts the fault into a checkout of its own. */
  plant(checkout: string): void;
  code: ErrorCode;
  says: RegExp;
  args?: string[];
}

const put =
  (path: string, content = '') =>
  (checkout: string) => {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), content);
  };
const make =
  (...words: string[]) =>
  (checkout: string) =>
    void command([words[0]!, join(checkout, drawer, 'node'), ...words.slice(1)]);
const marked = (mode: number) => (checkout: string) => {
  put(`${drawer}/usr/bin/mine`)(checkout);
  chmodSync(join(checkout, drawer, 'usr/bin/mine'), mode);
};
const edited = (path: string, from: string | RegExp, to: string) => (checkout: string) => {
  const before = readFileSync(join(checkout, path), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(join(checkout, path), after);
};
const owners = (text: string) => put(`${drawer}/owners.yaml`, text);
const node = { code: 'INPUT_INVALID' as const, says: /overlays\/zram\/node is neither a file nor a symlink/ };
const privileged = { code: 'INPUT_INVALID' as const, says: /usr\/bin\/mine is set-uid.*chmod/ };
const inLock = { code: 'INPUT_INVALID' as const, says: /lock .*must match pattern/ };

const plants: Plant[] = [
  {
    name: 'a symlink to a folder, and a file of another feature through it',
    plant(checkout) {
      symlinkSync('/run', join(checkout, drawer, 'srv'));
      put('overlays/ssh/srv/escaped')(checkout);
    },
    code: 'FEATURE_CONFLICT',
    says: /feature ssh has \/srv\/escaped, but feature zram has \/srv, which is no folder/,
  },
  {
    name: 'a symlink in place of a folder that others fill',
    plant: (checkout) => symlinkSync('/tmp', join(checkout, drawer, 'usr')),
    code: 'FEATURE_CONFLICT',
    says: /feature zram has \/usr, which is no folder/,
  },
  { name: 'a character device', plant: make('mknod', 'c', '1', '3'), ...node },
  { name: 'a block device', plant: make('mknod', 'b', '7', '0'), ...node },
  { name: 'a FIFO', plant: make('mkfifo'), ...node },
  { name: 'a socket', plant: (checkout) => socketIn(join(checkout, drawer)), ...node },
  { name: 'a set-uid file', plant: marked(0o4755), ...privileged },
  { name: 'a set-gid file', plant: marked(0o2755), ...privileged },
  {
    name: 'a set-uid bit in owners.yaml',
    plant: owners("etc/systemd/zram-generator.conf: { mode: '4755', uid: 0, gid: 0 }\n"),
    code: 'INPUT_INVALID',
    says: /owners\.yaml.*mode must match pattern/,
  },
  {
    name: 'a path with .. in owners.yaml',
    plant: owners("../../../etc/shadow: { mode: '0644', uid: 0, gid: 0 }\n"),
    code: 'INPUT_INVALID',
    says: /owners\.yaml names \.\.\/\.\.\/\.\.\/etc\/shadow, which the overlay does not have/,
  },
  {
    name: 'a unit whose name leads out',
    plant: edited('recipes/features/zram.ts', /effect: .*=> \(\{/, "$& mask: ['../../../../escaped'],"),
    code: 'FEATURE_CONFLICT',
    says: /feature zram names "\.\.\/\.\.\/\.\.\/\.\.\/escaped", which is no unit's name/,
  },
  {
    name: 'a feature whose name leads out',
    plant: edited('recipes/nanite-server.ts', 'network()', "network(), { name: '../../zram', options: {} }"),
    code: 'RECIPE_INVALID',
    says: /features\.\d\.name must match pattern/,
  },
  {
    name: 'a model whose name leads out',
    plant: edited('recipes/nanite-server.ts', "name: 'smoke'", "name: '../../smoke'"),
    code: 'RECIPE_INVALID',
    says: /models\.0\.name must match pattern/,
  },
  {
    name: 'a recipe whose name leads out',
    plant: () => {},
    args: ['plan', '../recipes/nanite-server'],
    code: 'RECIPE_UNKNOWN',
    says: /recipe \.\.\/recipes\/nanite-server does not exist/,
  },
  { name: 'a locked package whose path leads out', plant: edited(lockFile, '"pool/', '"../../'), ...inLock },
  { name: 'a locked package with an absolute path', plant: edited(lockFile, '"pool/', '"/etc/'), ...inLock },
  {
    name: 'a locked model whose name leads out',
    plant: edited(lockFile, '"smoke"', '"../smoke"'),
    ...inLock,
  },
  { name: 'a date that leads out', plant: edited(lockFile, /"date":"\d{4}/, '"date":"../..'), ...inLock },
];

test.each(chosen(plants, 5, random))('$name is refused before anything is built', async (one) => {
  prepare(place);
  const checkout = join(place.folder, 'checkout');
  copyCheckout(checkout);
  one.plant(checkout);
  await assertFault({
    kind: 'overlay or path that leads out',
    name: one.name,
    place,
    async fault() {
      // The committed lock is the one that is edited.
      const ended = await startIn(place, one.args ?? plan.slice(0, 2), { checkout }).ended;
      return { ended, expected: { codes: [one.code], says: one.says } };
    },
    undo() {
      rmSync(checkout, { recursive: true });
      copyCheckout(checkout);
    },
    async rerun() {
      const mended = await startIn(place, plan, { checkout }).ended;
      const own = await startIn(place, plan).ended;
      rmSync(checkout, { recursive: true });
      return mended.status === 0 && mended.stdout === own.stdout ? place.image.sha256 : mended.stderr;
    },
  });
});

test('an overlay file whose path goes through a symlink of the root lands within the root', async () => {
  prepare(place);
  const checkout = copyCheckout(join(place.folder, 'checkout'));
  for (const path of ['lib/ingot-fault', 'var/run/ingot-fault']) put(`${drawer}/${path}`)(checkout);
  const before = new Set(readdirSync(join(place.store, 'stages')));
  let root = '';
  await assertFault({
    kind: 'overlay or path that leads out',
    name: 'a path through a symlink of the root',
    place,
    async fault() {
      const build = startBuild(place, { checkout });
      const ended = await build.ended;
      const made = readdirSync(join(place.store, 'stages')).filter((id) => !before.has(id));
      root = made.map((id) => join(place.store, 'stages', id, 'root')).find(existsSync)!;
      // They are where nobody said that they would be, which no image may be made of.
      return { ended, expected: { codes: ['HYGIENE'], says: /ingot-fault/ } };
    },
    undo() {
      for (const path of ['usr/lib/ingot-fault', 'run/ingot-fault'])
        expect(existsSync(join(root, path)), path).toBe(true);
      expect(existsSync('/run/ingot-fault')).toBe(false);
      rmSync(dirname(root), { recursive: true });
      rmSync(checkout, { recursive: true });
      expect(existsSync(stageFolder(place, 'root image'))).toBe(true);
    },
  });
});

/** Made from within its folder, for the whole path may be longer than a socket's may be. */
function socketIn(folder: string): void {
  const program = 'chdir shift; IO::Socket::UNIX->new(Local => "node", Listen => 1) or die';
  command(['perl', '-MIO::Socket::UNIX', '-e', program, folder]);
}
