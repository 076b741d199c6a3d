import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { renderOvf, renderOvfManifest } from '../formats/disk/ovf.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import { hashFile } from '../host/fs/files.ts';
import { writeTarOfFiles } from '../host/fs/tar-files.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { openArtifactDisk, writeOverlay } from '../vm/artifact-disk.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'ingot-attach-')));
  return folders.at(-1)!;
}

const mebibytes = 64;
const record = (format: string, compression = 'none') => ({ format, compression }) as ArtifactRecord;

/** A disk with its last sectors in use and a hole before them. */
function rawDisk(folder: string): string {
  const path = join(folder, 'disk.raw');
  execFileSync('truncate', [`--size=${mebibytes}M`, path]);
  execFileSync('dd', ['if=/dev/urandom', `of=${path}`, 'bs=1M', 'seek=63', 'count=1', 'conv=notrunc'], {
    stdio: 'ignore',
  });
  return path;
}

const forms: [format: string, compression: string, make: string][] = [
  ['raw', 'none', 'cp disk.raw made'],
  ['raw', 'xz', 'xz --stdout disk.raw > made'],
  ['gce-tar', 'gzip', 'tar --create --gzip --format=oldgnu --sparse --file=made disk.raw'],
  ['qcow2', 'zstd', 'qemu-img convert -c -O qcow2 -o compression_type=zstd disk.raw made'],
  ['vmdk', 'deflate', 'qemu-img convert -O vmdk -o subformat=streamOptimized disk.raw made'],
  ['vdi', 'none', 'qemu-img convert -O vdi disk.raw made'],
  ['vhd', 'none', 'qemu-img convert -O vpc -o subformat=dynamic,force_size=on disk.raw made'],
  ['vhd-fixed', 'none', 'qemu-img convert -O vpc -o subformat=fixed,force_size=on disk.raw made'],
  ['vhdx', 'none', 'qemu-img convert -O vhdx disk.raw made'],
];

it.each(forms)(
  'a disk as %s, compression %s, is seen whole below a larger overlay',
  async (format, compression, make) => {
    const folder = newFolder();
    const raw = rawDisk(folder);
    execFileSync('sh', ['-euc', make], { cwd: folder });
    const work = newFolder();
    const disk = await openArtifactDisk(join(folder, 'made'), record(format, compression), work);
    expect(disk.size).toBe(mebibytes * 2 ** 20);
    const overlay = join(work, 'overlay.qcow2');
    await writeOverlay(disk, overlay, 2 * disk.size);
    execFileSync('truncate', [`--size=${2 * mebibytes}M`, raw]);
    const compared = execFileSync('qemu-img', ['compare', '-f', 'raw', '-F', 'qcow2', raw, overlay], {
      encoding: 'utf8',
    });
    expect(compared).toBe('Images are identical.\n');
    if (disk.path.startsWith(work)) expect(statSync(disk.path).blocks * 512).toBeLessThan(8 * 2 ** 20);
  },
);

const hardware = { cpus: 3, memoryMiB: 1536, firmware: 'uefi' as const };

async function writeOva({
  ovf = (text: string) => text,
  sum = (text: string) => text,
  capacity = mebibytes * 2 ** 20,
} = {}) {
  const folder = newFolder();
  const vmdk = join(folder, 'x-disk1.vmdk');
  execFileSync('qemu-img', [
    'convert',
    '-f',
    'raw',
    '-O',
    'vmdk',
    '-o',
    'subformat=streamOptimized',
    rawDisk(folder),
    vmdk,
  ]);
  const disk = { file: 'x-disk1.vmdk', size: statSync(vmdk).size, capacity };
  const ids = { machine: 'one', disk: 'other' };
  const text = ovf(renderOvf({ name: 'x', disk, hardware, ids }));
  const manifest = renderOvfManifest([
    { name: 'x.ovf', sha256: sha256(text) },
    { name: disk.file, sha256: sum(await hashFile(vmdk)) },
  ]);
  const path = join(folder, 'x.ova');
  await writeTarOfFiles(
    [
      { name: 'x.ovf', text },
      { name: 'x.mf', text: manifest },
      { name: disk.file, file: vmdk },
    ],
    1,
    path,
  );
  return openArtifactDisk(path, record('ova', 'deflate'), newFolder());
}

it('an OVA is the machine that it describes', async () => {
  const { machine, size, driver } = await writeOva();
  expect(machine).toEqual({ ...hardware, networkCard: 'e1000', controller: 'ahci' });
  expect([size, driver]).toEqual([mebibytes * 2 ** 20, 'vmdk']);
});

it.each([
  [
    'a disk that its manifest does not know',
    { sum: () => '0'.repeat(64) },
    'HASH_MISMATCH',
    /x-disk1\.vmdk .* its manifest says 0000/,
  ],
  [
    'a capacity that the disk has not',
    { capacity: 2 ** 30 },
    'INPUT_INVALID',
    /is a disk of 67108864 bytes, but its description says 1073741824/,
  ],
  [
    'another controller',
    { ovf: (text: string) => text.replace('vmware.sata.ahci', 'lsilogic') },
    'INPUT_INVALID',
    /lsilogic/,
  ],
])('refuses an OVA with %s', async (_what, change, code, message) => {
  await expect(writeOva(change)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});
