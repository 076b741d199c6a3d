import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { How } from '../testdata/ingot.ts';
import { assertFault } from './case.ts';
import { command, lockOf, prepare, sharedStore, startBuild } from './fault-store.ts';
import type { Expected } from './invariants.ts';
import { bounded, randomOf } from './random.ts';

const place = sharedStore();
const random = randomOf('environment');
const file = join(place.folder, 'a-file');

/** Runs a command that sees the folder read-only. */
const readOnly = (folder: string): How => {
  const script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"';
  return { prefix: ['unshare', '--mount', '--propagation', 'private', '--', 'sh', '-c', script, folder] };
};
const unusable = (says: RegExp): Expected => ({ codes: ['PATH_UNUSABLE'], says });
const build = (out: string) => ['build', 'nanite-server', '--out', out, ...place.image.lock];

const paths: [name: string, how: How & { args?: string[]; env?: Record<string, string> }, Expected][] = [
  ['a read-only output folder', readOnly(place.out), unusable(/output folder .*EROFS.*--out/)],
  ['an output folder that is a file', { args: build(file) }, unusable(/output folder .*a-file.*--out/)],
  ['an output folder below a file', { args: build(join(file, 'out')) }, unusable(/ENOTDIR.*a-file.*--out/)],
  ['a read-only store', readOnly(place.store), unusable(/EROFS.*INGOT_STORE/)],
  ['a store that is a file', { env: { INGOT_STORE: file } }, unusable(/a-file.*INGOT_STORE/)],
];

test.each(paths)('%s is refused at once', async (name, how, expected) => {
  prepare(place);
  mkdirSync(place.out, { recursive: true });
  writeFileSync(file, 'no folder');
  await assertFault({
    kind: 'unusable path',
    name,
    place,
    async fault() {
      const ended = await startBuild(place, how).ended;
      expect(ended.stderr).not.toContain('"step"');
      return { ended, expected };
    },
    undo: () => rmSync(file),
  });
});

/** Another model under another name, so that the record, the medium and its file system differ. */
function otherRecipe(): string[] {
  const model = join(place.folder, 'other.gguf');
  command(['cp', join(place.source, 'files', lockOf(place).models[0]!.sha256), model]);
  return [
    'build',
    'nanite-server',
    '--model',
    model,
    '--out',
    join(place.folder, 'other'),
    ...place.image.lock,
  ];
}

const together: [name: string, args: () => string[] | undefined, killed: boolean][] = [
  ['the same recipe twice', () => undefined, false],
  ['the same recipe twice, one of them killed', () => undefined, true],
  ['two recipes', otherRecipe, false],
];

test.each(bounded ? together.slice(1, 2) : together)(
  '%s at once, in one store',
  async (name, args, killed) => {
    prepare(place, bounded ? 'iso' : 'repo image');
    await assertFault({
      kind: 'two builds at once',
      name,
      place,
      async fault() {
        const given = args();
        const [one, two] = [startBuild(place), startBuild(place, given ? { args: given } : {})];
        if (killed) {
          await two.begins('iso');
          await sleep(random() * 8000);
          two.child.kill('SIGKILL');
        }
        const [ended, other] = await Promise.all([one.ended, two.ended]);
        expect([other.status, other.signal, other.stderr]).toEqual(
          killed ? [null, 'SIGKILL', expect.any(String)] : [0, null, expect.any(String)],
        );
        return { ended, expected: 'well' };
      },
      killed,
      undo: () => rmSync(join(place.folder, 'other'), { recursive: true, force: true }),
    });
  },
);
