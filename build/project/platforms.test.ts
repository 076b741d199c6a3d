import { expect, it } from 'vitest';
import type { Target } from '../model/target.ts';
import type { Recipe } from '../model/types.ts';
import { readDraft, readTarget, targetsOfPlatform } from './inputs.ts';
import { recipe, refusal } from './refusal-fixture.ts';

it.each([
  ['metal', ['iso']],
  ['vm', ['ova', 'qcow2', 'raw', 'vdi', 'vhd', 'vhd-fixed', 'vhdx', 'vmdk']],
  ['aws', ['aws']],
  ['cloud', ['aws', 'azure', 'digitalocean', 'gce', 'hetzner', 'nocloud', 'openstack']],
])('platform %s has the targets %j', async (platform, targets) => {
  expect((await targetsOfPlatform(platform)).sort()).toEqual(targets);
});

it('a platform that does not exist is refused with the nearest that does', async () => {
  await expect(targetsOfPlatform('azur')).rejects.toMatchObject({
    code: 'TARGET_UNKNOWN',
    message: 'platform azur does not exist',
    hint: 'did you mean azure?',
  });
});

it('an OVA may be for UEFI alone: it tells VMware and VirtualBox which firmware it wants', async () => {
  const uefi = { ...recipe, boot: { ...recipe.boot, firmware: ['uefi' as const] } };
  const draft = await readDraft(uefi, await readTarget('ova'));
  expect(draft.firmware).toEqual(['uefi']);
});

it.each<[platform: string, change: (recipe: Recipe, target: Target) => void, says: string]>([
  [
    'aws',
    (r) => r.features.push({ name: 'disk', options: { drivers: ['virtio_blk'] } }),
    'platform aws needs driver ena in the initramfs: add it to drivers of feature disk',
  ],
  [
    'azure',
    (_r, t) => dropFeature(t, 'hyperv-daemons'),
    'platform azure requires feature hyperv-daemons, which the recipe does not use',
  ],
  [
    'gce',
    (_r, t) => dropFeature(t, 'cloud-init'),
    'platform gce requires feature cloud-init, which the recipe does not use',
  ],
  [
    'gce',
    (r) => Object.assign(r.disk, { sizeMiB: 6000 }),
    'format gce-tar takes disks of whole GiB, but this one has 6000 MiB',
  ],
  [
    'azure',
    (_r, t) => t.kernelCommandLine.splice(0),
    "platform azure needs rootdelay=300 on the kernel command line: add it to the target's",
  ],
  [
    'azure',
    (_r, t) => Object.assign(t.features.at(-1)!.options, { user: 'admin' }),
    'platform azure takes no user admin: give feature cloud-init another one',
  ],
  [
    'hetzner',
    (_r, t) => Object.assign(t.features.at(-1)!.options, { datasource: 'Ec2' }),
    'platform hetzner has its metadata from Hetzner, and feature cloud-init asks Ec2',
  ],
])('%s without what it insists on is refused', async (platform, change, says) => {
  expect((await refusal(platform, change)).split('; ')).toContain(says);
});

it.each([
  [
    'vmdk',
    ['virtio_blk'],
    ['controller ahci: ahci', 'controller ahci: sd_mod', 'controller pvscsi: vmw_pvscsi'],
  ],
  ['qcow2', ['virtio_scsi', 'sd_mod'], ['controller virtio: virtio_blk']],
  [
    'nocloud',
    ['virtio_blk', 'virtio_net'],
    ['controller virtio-scsi: sd_mod', 'controller virtio-scsi: virtio_scsi'],
  ],
  ['raw', ['virtio_blk'], ['controller nvme: nvme']],
  ['vhdx', ['ahci', 'sd_mod', 'nvme'], ['format vhdx: hv_storvsc']],
  ['aws', ['ena'], ['platform aws: nvme']],
])('%s with no other drivers than %j is refused', async (name, drivers, lacks) => {
  const says = await refusal(name, (r) => r.features.push({ name: 'disk', options: { drivers } }));
  const [needs, remedy] = [' needs driver ', ' in the initramfs: add it to drivers of feature disk'];
  expect(says).toBe(lacks.map((each) => `${each.replace(': ', needs)}${remedy}`).join('; '));
});

it('drivers that are not a list are reported, and missing ones are not', async () => {
  const says = await refusal(
    'vmdk',
    (r) => r.features.push({ name: 'disk', options: { drivers: 1 } }),
    'correct options of feature disk and run the command again',
  );
  expect(says).toBe('options of feature disk: .drivers must be array');
});

it.each([
  ['vhd', 2040 * 1024, 'format vhd takes disks of at most 2088960 MiB, but this one has 2088961'],
  ['vhd-fixed', 2040 * 1024, 'format vhd-fixed takes disks of at most 2088960 MiB, but this one has 2088961'],
  ['azure', 2040 * 1024, 'format vhd-fixed takes disks of at most 2088960 MiB, but this one has 2088961'],
  ['digitalocean', 95367, 'platform digitalocean takes disks of at most 95367 MiB, but this one has 95368'],
])('%s: a disk of %i MiB is taken, a larger one refused', async (name, largest, says) => {
  const sized = (sizeMiB: number) => ({ ...recipe, disk: { ...recipe.disk, sizeMiB } });
  await readDraft(sized(largest), await readTarget(name));
  expect(await refusal(name, (r) => Object.assign(r, sized(largest + 1)))).toBe(says);
});

function dropFeature(target: Target, name: string): void {
  target.features = target.features.filter((use) => use.name !== name);
}
