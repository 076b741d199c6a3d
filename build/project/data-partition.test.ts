import { describe, expect, it } from 'vitest';
import { type Partition, type PartitionRole, standardDisk } from '../model/disk.ts';
import type { Recipe } from '../model/types.ts';
import { renderDiskFiles } from '../resolve/disk-files.ts';
import { readDraft, readTarget } from './inputs.ts';
import { recipe, refusal } from './refusal-fixture.ts';

function part(changed: Recipe, role: PartitionRole): Partition {
  return changed.disk.partitions.find((partition) => partition.role === role)!;
}

describe.each<[what: string, change: (recipe: Recipe) => void, says: string]>([
  [
    'data that are not the last',
    (r) => {
      r.disk = standardDisk({ rootMiB: 2048 });
      r.disk.partitions.reverse();
    },
    'the last partition is not that of the data, which then cannot grow',
  ],
  [
    'a root without a size before data',
    (r) => {
      r.disk = standardDisk({ rootMiB: 2048 });
      Object.assign(part(r, 'root'), { sizeMiB: undefined });
    },
    'partition root needs a sizeMiB: the data behind it take the rest of the disk',
  ],
  [
    'too little left for the data',
    (r) => {
      r.disk = standardDisk({ rootMiB: 5000 });
    },
    'partition data has 117 MiB, but its content needs at least 300 MiB',
  ],
  [
    'data elsewhere',
    (r) => {
      r.disk = standardDisk({ rootMiB: 2048 });
      Object.assign(part(r, 'data'), { mount: '/srv' });
    },
    'partition data of role data is mounted at /srv, but must be /var/ai-data: what programs of the machine keep is there',
  ],
  [
    'a root that is never written to and no data',
    (r) => r.features.push({ name: 'read-only-root', options: {} }),
    'a root that is never written to needs a partition of role data, which keeps who the machine is: ' +
      'standardDisk({ rootMiB }) has one',
  ],
  [
    'programs among data that may hold none',
    (r) => {
      r.disk = standardDisk({ rootMiB: 2048 });
      r.features.push({ name: 'python-tools', options: {} });
    },
    'feature python-tools starts programs from /var/ai-data, and partition data has the option noexec: ' +
      'standardDisk({ dataPrograms: true }) leaves it out',
  ],
  [
    'swap that is mounted',
    (r) => {
      r.disk = standardDisk({ swapMiB: 512 });
      Object.assign(part(r, 'swap'), { mount: '/swap' });
    },
    'partition swap of role swap needs a sizeMiB, and is not mounted',
  ],
])('%s', (_what, change, says) => {
  it('is refused', async () => {
    expect((await refusal('qcow2', change)).split('; ')).toContain(says);
  });
});

const own = { rootMiB: 2048, swapMiB: 512, dataFileSystem: 'ext4' } as const;

it('a disk with a fixed root, data and swap grows by the data alone, and the swap is for what compressed memory does not take', async () => {
  const changed = { ...structuredClone(recipe), disk: standardDisk(own) };
  const draft = await readDraft(changed, await readTarget('qcow2'));
  const files = renderDiskFiles({ ...draft, version: '20260101' });
  const text = (end: string) => (files.find(({ path }) => path.endsWith(end)) as { content: string }).content;
  expect(text('etc/fstab')).toMatch(/ \/var\/ai-data ext4 \S*commit=60,x-systemd.growfs 0 2$/m);
  expect(text('etc/fstab')).toMatch(/ \/ xfs noatime 0 0$/m);
  expect(text('etc/fstab')).toMatch(/ none swap pri=10 0 0$/m);
  expect(text('-root.conf')).toMatch(/SizeMaxBytes=2048M\nWeight=0$/m);
  expect(text('-data.conf')).toMatch(/Type=linux-generic\n.*Format=ext4$/ms);
  expect(text('-swap.conf')).toMatch(/Type=swap\n.*Format=swap\nSizeMinBytes=512M/s);
});
