import { describe, expect, it } from 'vitest';
import type { Partition, PartitionRole } from '../model/disk.ts';
import type { IngotError } from '../model/errors.ts';
import type { Image } from '../model/image.ts';
import type { Target } from '../model/target.ts';
import type { Recipe } from '../model/types.ts';
import { diskOf } from '../resolve/disk.ts';
import { definitions } from '../resolve/disk-files.ts';
import { resolveImage } from '../resolve/image.ts';
import { targetSchema } from '../schema/schemas.ts';
import { validate } from '../schema/validate.ts';
import { readDraft, readImage, readTarget } from './inputs.ts';
import { refusal } from './refusal-fixture.ts';

function part(recipe: Recipe, role: PartitionRole): Partition {
  return recipe.disk.partitions.find((partition) => partition.role === role)!;
}

const without = (recipe: Recipe, role: PartitionRole) => {
  recipe.disk.partitions = recipe.disk.partitions.filter((partition) => partition.role !== role);
};

describe.each<[what: string, change: (recipe: Recipe, target: Target) => void, says: string]>([
  [
    'an option of ext4 on XFS',
    (r) => part(r, 'root').options!.push('commit=60'),
    'mount option commit=60 of /, which is xfs, is one of ext4 and btrfs: leave it out, XFS writes its log when it must',
  ],
  [
    'an option of Btrfs on XFS',
    (r) => part(r, 'root').options!.push('discard=async'),
    'mount option discard=async of /, which is xfs, is one of btrfs: leave it out, fstrim.timer trims once a week',
  ],
  [
    'an option that no file system has',
    (r) => part(r, 'models').options!.push('fast'),
    'mount option fast of /usr/share/ai/models, which is erofs, is not known: erofs has acl noacl user_xattr ' +
      'nouser_xattr cache_strategy= dax dax= device= directio fsoffset=',
  ],
  [
    'partitions that overlap',
    (r) => Object.assign(part(r, 'models'), { startMiB: 512, sizeMiB: 100 }),
    'partitions esp and models overlap: esp ends at MiB 1026, models starts at 512',
  ],
  [
    'a start of the first partition that would not be kept',
    (r) => Object.assign(part(r, 'bios'), { startMiB: 4 }),
    'partition bios starts at MiB 4, the first one starts at 1: leave startMiB out',
  ],
  [
    'a start behind models of a size that is not known',
    (r) => Object.assign(part(r, 'root'), { startMiB: 2048 }),
    'partition root starts at MiB 2048, and partition models before it is as large as the models are: ' +
      'give models a sizeMiB, or leave startMiB out',
  ],
  [
    'partitions beyond the end of the disk',
    (r) => Object.assign(part(r, 'models'), { sizeMiB: 6000 }),
    'the disk of 6144 MiB is too small: its partitions end at MiB 7026, at most 6143 is possible',
  ],
  [
    'a root that is not the last',
    (r) => r.disk.partitions.reverse(),
    'the last partition is not the root, which then cannot grow',
  ],
  [
    'no place for the models',
    (r) => without(r, 'models'),
    'no partition has the role models: preloaded models are there, and no disk is made without it',
  ],
  [
    'a file system that cannot be there',
    (r) => Object.assign(part(r, 'root'), { fileSystem: 'erofs', options: [] }),
    'partition root of role root has erofs, but must be xfs or ext4',
  ],
  [
    'no mount point',
    (r) => Object.assign(part(r, 'esp'), { mount: undefined }),
    'partition esp of role esp is mounted at no place, but must be /efi: a good boot is noted there',
  ],
  [
    'an EFI system partition elsewhere',
    (r) => Object.assign(part(r, 'esp'), { mount: '/boot' }),
    'partition esp of role esp is mounted at /boot, but must be /efi: a good boot is noted there',
  ],
  [
    'models elsewhere',
    (r) => Object.assign(part(r, 'models'), { mount: '/models' }),
    'partition models of role models is mounted at /models, but must be /usr/share/ai/models: llama-server looks for ' +
      'them there',
  ],
  [
    'a root elsewhere',
    (r) => Object.assign(part(r, 'root'), { mount: '/root' }),
    'partition root of role root is mounted at /root, but must be /: the system is there',
  ],
  [
    'models by another name',
    (r) => Object.assign(part(r, 'models'), { name: 'weights' }),
    'partition weights with role models must be named models: check and diff find it by that name',
  ],
  ['a partition twice', (r) => r.disk.partitions.unshift(part(r, 'esp')), 'two partitions have the role esp'],
  [
    'an EFI system partition for no kernel',
    (r) => Object.assign(part(r, 'esp'), { sizeMiB: 64 }),
    'partition esp has 64 MiB, two kernels need 128 MiB',
  ],
  [
    'firmware without its partition',
    (r) => without(r, 'bios'),
    'firmware bios needs a partition of role bios, but there is none',
  ],
  [
    'firmware that the target is not for',
    (r, target) =>
      Object.assign(r.boot, { firmware: ['bios'] }) && Object.assign(target, { firmware: ['uefi'] }),
    "target qcow2 boots by uefi, but the recipe's disk by bios",
  ],
  [
    'unified kernel images for a BIOS',
    (r) => r.features.push({ name: 'uki', options: {} }),
    'firmware bios cannot boot unified kernel images: remove bios from boot.firmware, or the feature uki',
  ],
])('%s', (_what, change, says) => {
  it('is refused', async () => {
    expect((await refusal('qcow2', change)).split('; ')).toContain(says);
  });
});

it('takes a start behind models whose size is given, and leaves that much between them', async () => {
  const image = structuredClone(await readImage('nanite-server', 'qcow2'));
  Object.assign(part(image.recipe, 'bios'), { startMiB: 1 });
  Object.assign(part(image.recipe, 'models'), { sizeMiB: 100 });
  Object.assign(part(image.recipe, 'root'), { startMiB: 2048 });
  const { disk } = await readDraft(image.recipe, image.target);
  const [models] = definitions(image.recipe.name, disk!).filter(({ path }) => path.endsWith('-models.conf'));
  expect((models as { content: string }).content).toMatch(/^PaddingMinBytes=922M\nPaddingMaxBytes=922M$/m);
});

describe('with a lock', () => {
  const image = readImage('nanite-server', 'qcow2');
  const resolved = async (change: (image: Image) => void) => {
    const changed = structuredClone(await image);
    change(changed);
    const draft = { ...changed, disk: diskOf(changed.recipe, changed.target) };
    return () => resolveImage(draft, changed.lock, changed.lock.asked.tools);
  };

  it('takes a disk that holds what is locked', async () => {
    expect(await resolved(() => {})).not.toThrow();
  });

  it.each<[what: string, change: (image: Image) => void, says: RegExp]>([
    [
      'a disk too small for the packages',
      (i) => Object.assign(i.recipe.disk, { sizeMiB: 1600 }),
      /partition root has \d+ MiB, but its content needs at least \d+ MiB$/,
    ],
    [
      'a partition too small for the models',
      (i) => Object.assign(part(i.recipe, 'models'), { sizeMiB: 10 }),
      /partition models has 10 MiB, but its content needs at least 39 MiB$/,
    ],
    [
      'a model too large for the disk',
      (i) => Object.assign(i.lock.models[0]!, { size: 9e9 }),
      /the disk of 6144 MiB is too small/,
    ],
  ])('refuses %s', async (_what, change, says) => {
    const error = {
      code: 'RECIPE_INVALID',
      message: expect.stringMatching(says),
      hint: 'change disk in recipes/nanite-server.ts, or give --disk-size',
    };
    expect(await resolved(change)).toThrow(expect.objectContaining(error) as IngotError);
  });
});

it('a target of an unknown format or firmware is refused with those that there are', async () => {
  const target = { ...(await readTarget('qcow2')), format: 'qcow3', firmware: ['coreboot'] };
  expect(() => validate(targetSchema, target, 'target qcow2', 'RECIPE_INVALID')).toThrow(
    expect.objectContaining({
      code: 'RECIPE_INVALID',
      message: expect.stringMatching(/format.*qcow2.*vhdx.*firmware|firmware.*bios.*format.*vhdx/s),
    }) as IngotError,
  );
});
