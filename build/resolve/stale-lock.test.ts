import { expect, it } from 'vitest';
import type { IngotError } from '../model/errors.ts';
import type { Lock } from '../model/lock.ts';
import { validLock } from '../schema/fixture.ts';
import { resolveDraft } from './draft.ts';
import { drawersOf, plainTarget, recipeOf } from './fixture.ts';
import { resolveImage } from './image.ts';

const draft = resolveDraft({
  recipe: recipeOf(['zram'], { components: ['non-free'] }),
  target: plainTarget,
  drawers: drawersOf('zram', {}, { packages: { debian: ['zram-tools', 'zstd'] } }),
});

it.each<[string, (lock: Lock) => void, string[]]>([
  [
    'another base',
    (lock) => {
      lock.base = 'sid';
    },
    ['it is for base sid'],
  ],
  [
    'other components',
    (lock) => {
      lock.components = ['main', 'contrib'];
    },
    ['component non-free was added', 'component contrib was removed'],
  ],
  [
    'other packages',
    (lock) => {
      lock.sets[0]!.asked = ['zram-tools', 'vim'];
    },
    ['package zstd was added', 'package vim was removed'],
  ],
  [
    'other tools',
    (lock) => {
      lock.asked.tools = ['mtools'];
    },
    ['tool xorriso was added', 'tool mtools was removed'],
  ],
  [
    'the model from elsewhere',
    (lock) => {
      lock.models[0]!.source = '/m.gguf';
    },
    ['model smoke (builtin:smoke) was added', 'model smoke (/m.gguf) was removed'],
  ],
])('a lock that answers for %s is stale, and the difference is named', (_what, change, stale) => {
  const sets = [{ targets: ['iso'], asked: ['zram-tools', 'zstd'], packages: ['zstd'] }];
  const lock: Lock = { ...validLock(), components: ['main', 'non-free'], sets };
  expect(resolveImage(draft, lock, ['xorriso'])).toMatchObject({ version: '20260102', lock });
  change(lock);
  expect(() => resolveImage(draft, lock, ['xorriso'])).toThrow(
    expect.objectContaining({
      code: 'LOCK_STALE',
      message: `the lock of small is stale: ${stale.join('; ')}`,
      hint: 'ingot lock small',
    }) as IngotError,
  );
});

it('a lock that names no components answers for the standard one', () => {
  const plain = { ...draft, components: ['main'] };
  const sets = [{ targets: ['iso'], asked: ['zram-tools', 'zstd'], packages: ['zstd'] }];
  expect(resolveImage(plain, { ...validLock(), sets }, ['xorriso'])).toMatchObject({ components: ['main'] });
  expect(() => resolveImage(draft, { ...validLock(), sets }, ['xorriso'])).toThrow(
    'the lock of small is stale: component non-free was added',
  );
});
