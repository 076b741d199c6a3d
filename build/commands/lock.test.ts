import { expect, it } from 'vitest';
import type { Progress } from '../host/progress.ts';
import { IngotError } from '../model/errors.ts';
import { readDrafts, readImage, readRecipe } from '../project/inputs.ts';
import { refusedByAll } from '../project/refusals.ts';
import { setsOf } from '../resolve/image.ts';
import { lockedPackage, validLock } from '../schema/fixture.ts';
import { lock, movedBetween } from './lock.ts';

/** A size that all take but Google, which takes whole GiB. */
const diskSize = '6500MiB';
const says = 'recipe nanite-server: format gce-tar takes disks of whole GiB, but this one has 6500 MiB';

it('leaves a target out that refuses the recipe, says why, and calls a lock for the others current', async () => {
  const notes: string[] = [];
  const progress = { note: (text: string) => notes.push(text) } as Partial<Progress> as Progress;
  const { written } = await lock('nanite-server', { diskSize }, progress);
  expect(written).toBe(false);
  expect(notes).toEqual([`the lock leaves out target gce: ${says}`]);
  const { drafts } = await readDrafts(await readRecipe('nanite-server', { diskSize }));
  const locked = setsOf(drafts).flatMap(({ targets }) => targets);
  expect(locked).toContain('aws');
  expect(locked).not.toContain('gce');
});

it("building a target that was left out gives the recipe's own error, whatever the lock is", async () => {
  const built = readImage('nanite-server', 'gce', { diskSize, lock: '/nowhere/lock.json' });
  await expect(built).rejects.toMatchObject({ code: 'RECIPE_INVALID', message: says });
});

it('a recipe that all targets refuse is refused, and a reason that they share appears once', async () => {
  const refused = lock('nanite-server', { base: 'trixie' }, {} as Progress);
  await expect(refused).rejects.toMatchObject({
    code: 'FEATURE_CONFLICT',
    message: 'recipe nanite-server: feature inference needs package llama.cpp-tools, which base trixie lacks',
  });
  const refusal = (target: string, why: string) => ({ target, error: new IngotError('RECIPE_INVALID', why) });
  expect(
    refusedByAll('small', [refusal('aws', 'a'), refusal('gce', 'b'), refusal('iso', 'a')]),
  ).toMatchObject({
    code: 'RECIPE_INVALID',
    message: 'no target can be built from recipe small:\naws, iso: a\ngce: b',
  });
});

it('names what a new lock moved, with both versions and sizes', () => {
  const zstd = lockedPackage('zstd');
  const before = {
    ...validLock(),
    packages: [zstd, lockedPackage('apt')],
    tools: [zstd, lockedPackage('mtools')],
  };
  const newer = { ...zstd, version: '1.1-1', size: 1500 };
  const after = {
    ...before,
    packages: [newer, lockedPackage('vim')],
    tools: [newer, lockedPackage('mtools')],
  };
  expect(movedBetween(before, after)).toEqual([
    { name: 'apt', from: '1.0-1', to: undefined, sizes: [1000, 0] },
    { name: 'vim', from: undefined, to: '1.0-1', sizes: [0, 1000] },
    { name: 'zstd', from: '1.0-1', to: '1.1-1', sizes: [1000, 1500] },
  ]);
});
