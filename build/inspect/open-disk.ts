import { join } from 'node:path';
import { type Partition, parseGpt, partitionTypes, tableBytes } from '../formats/disk/gpt.ts';
import type { ImageKind } from '../formats/disk/recognise.ts';
import { readHead } from '../host/fs/random-access.ts';
import { IngotError } from '../model/errors.ts';
import type { Area, OpenImage, Workplace } from './open-image.ts';
import { type Disk, unpackDisk } from './unpack-disk.ts';

/** A disk of any format, packed or not: its partitions tell where root and models are. */
export async function openDisk(
  artifact: string,
  kind: ImageKind,
  { inside, work }: Workplace,
): Promise<OpenImage> {
  const disk = await unpackDisk(artifact, kind, { inside, work });
  const info = await inside(['qemu-img', 'info', '--output=json', '-f', disk.driver, disk.file]);
  const { 'virtual-size': size } = JSON.parse(info) as { 'virtual-size': number };
  const cut = async (name: string, { offset, size: length }: Omit<Area, 'file'>): Promise<string> => {
    const to = `/scratch/${name}.part`;
    await inside(['qemu-img', 'convert', '-O', 'raw', '--image-opts', slice(disk, offset, length), to]);
    return to;
  };
  await cut('table', { offset: 0, size: Math.min(tableBytes, size) });
  const partitions = parseGpt(await readHead(join(work, 'table.part'), tableBytes), size, disk.name);
  const area = async (wanted: string, is: (partition: Partition) => boolean): Promise<Area> => {
    const found = partitions.find(is);
    if (!found) throw new IngotError('INPUT_INVALID', `the disk of ${disk.name} has no partition ${wanted}`);
    const { start: offset, size: length } = found;
    if (disk.driver === 'raw') return { file: disk.file, offset, size: length };
    return { file: await cut(wanted, { offset, size: length }), offset: 0, size: length };
  };
  return {
    root: await area('root', ({ type, name }) => partitionTypes[type] === 'root' || name === 'root'),
    models: await area('models', ({ name }) => name === 'models'),
    parts: partitions.map(({ name, type, size: length }) => ({
      name: name || partitionTypes[type] || type,
      type: partitionTypes[type] ?? type,
      size: length,
    })),
    async extractBoot(to) {
      const { file, offset } = await area('esp', ({ type }) => partitionTypes[type] === 'esp');
      await inside(['mkdir', '-p', to]);
      await inside(['mcopy', '-s', '-n', '-Q', '-i', `${file}@@${offset}`, '::/*', to]);
    },
  };
}

/** A part of a disk in the words of qemu-img, which unpacks that part alone and leaves holes. */
function slice({ driver, file }: Disk, offset: number, size: number): string {
  const part = `driver=raw,offset=${offset},size=${size}`;
  const below =
    driver === 'raw'
      ? 'file.driver=file,file.filename'
      : `file.driver=${driver},file.file.driver=file,file.file.filename`;
  return `${part},${below}=${file.replaceAll(',', ',,')}`;
}
