import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runInside } from '../../host/run/sandbox.ts';
import type { Store } from '../../host/store/store.ts';
import { extractRoot } from '../../inspect/extract-root.ts';
import { withOpenImage } from '../../inspect/open-image.ts';
import type { ArtifactRecord } from '../../model/types.ts';

const partition = (facts: { [key: string]: string }) =>
  `[Partition]\n${Object.entries(facts)
    .map(([key, value]) => `${key.replace(/\d$/, '')}=${value}\n`)
    .join('')}`;

const partitions: { [file: string]: string } = {
  '10-bios.conf': partition({
    Type: '21686148-6449-6e6f-744e-656564454649',
    Label: 'bios-boot',
    SizeMinBytes: '1M',
    SizeMaxBytes: '1M',
  }),
  '20-esp.conf': partition({
    Type: 'esp',
    Label: 'esp',
    Format: 'vfat',
    CopyFiles: '/scratch/esp:/',
    SizeMinBytes: '260M',
    SizeMaxBytes: '260M',
  }),
  '30-models.conf': partition({
    Type: 'linux-generic',
    Label: 'models',
    CopyBlocks: '/inputs/models.erofs',
    SizeMaxBytes: '64M',
  }),
  // A copy of the whole leaves out what other partitions are for.
  '40-root.conf': partition({
    Type: 'root-x86-64',
    Label: 'root',
    Format: '@FORMAT@',
    CopyFiles1: '/scratch/root:/',
    CopyFiles2: '/scratch/root/boot:/boot',
    SizeMinBytes: '1200M',
  }),
};

export const entryText =
  'title nanite\nlinux /vmlinuz\ninitrd /initrd.img\noptions root=LABEL=root rw quiet\n';

/** Makes raw disks, of XFS and of ext4, that hold what an ISO holds. */
export async function makeDisks(
  iso: string,
  to: string,
  store: Store,
): Promise<{ xfs: string; ext4: string }> {
  const record = JSON.parse(readFileSync(`${iso}.json`, 'utf8')) as ArtifactRecord;
  const tools = store.stage(record.toolsStage);
  await withOpenImage(iso, { tools, store }, async (image, place) => {
    await extractRoot(image, place);
    const { work } = place;
    mkdirSync(join(work, 'esp/loader/entries'), { recursive: true });
    writeFileSync(join(work, 'esp/loader/entries/nanite.conf'), entryText);
    const inputs = { '/inputs/models.erofs': join(store.stage(record.modelsStage), 'models.erofs') };
    for (const format of ['xfs', 'ext4']) {
      mkdirSync(join(work, format));
      for (const [name, text] of Object.entries(partitions))
        writeFileSync(join(work, format, name), text.replace('@FORMAT@', format));
      const repart = ['systemd-repart', '--offline=yes', '--empty=create', '--size=auto', '--dry-run=no'];
      const command = [...repart, `--definitions=/scratch/${format}`, `/scratch/${format}.raw`];
      const settings = ['env', 'TMPDIR=/scratch', 'DETERMINISTIC_SEED=1'];
      await runInside({ tools, work, inputs, sourceDateEpoch: 1 }, [...settings, ...command]);
      renameSync(join(work, `${format}.raw`), join(to, `${format}.raw`));
    }
  });
  return { xfs: join(to, 'xfs.raw'), ext4: join(to, 'ext4.raw') };
}

/** What a disk is packed in, each by a script that makes `$2` of the raw disk `$1`. */
export const packings: { [extension: string]: string } = {
  qcow2: 'qemu-img convert -O qcow2 -c "$1" "$2"',
  vmdk: 'qemu-img convert -O vmdk -o subformat=streamOptimized "$1" "$2"',
  vdi: 'qemu-img convert -O vdi "$1" "$2"',
  vhd: 'qemu-img convert -O vpc -o force_size=on "$1" "$2"',
  'azure.vhd': 'qemu-img convert -O vpc -o subformat=fixed,force_size=on "$1" "$2"',
  vhdx: 'qemu-img convert -O vhdx "$1" "$2"',
  ova: 'qemu-img convert -O vmdk -o subformat=streamOptimized "$1" x.vmdk; echo ovf > x.ovf; tar -cf "$2" x.ovf x.vmdk; rm x.vmdk',
  'gce.tar.gz': 'ln "$1" disk.raw; tar --format=oldgnu -Sczf "$2" disk.raw',
  'hetzner.raw.xz': 'xz -0 -T2 --stdout "$1" > "$2"',
  'raw.zst': 'zstd -q "$1" -o "$2"',
};

/** Packs a raw disk as `extension` names it, beside it. */
export async function packDisk(raw: string, extension: string, tools: string): Promise<string> {
  const work = join(raw, '..');
  const packed = raw.replace(/raw$/, extension);
  const script = ['sh', '-euc', packings[extension]!, 'sh', basename(raw), basename(packed)];
  await runInside({ tools, work, sourceDateEpoch: 1 }, script);
  return packed;
}
