import { descriptor, type Extent, folderFlag, record, sectorSize, sectors } from './iso-structures.ts';

export interface IsoContent {
  /** At most 16 characters. */
  label: string;
  /** Text or bytes by path; folders come from the paths. */
  files: { [path: string]: string | Uint8Array };
}

/**
 * A small ISO 9660 image with Joliet names, as a value: the same content is the same bytes. Meant for the few
 * files of a seed, without Rock Ridge: the names keep their case, owners and modes are the mount's.
 */
export function writeIso({ label, files }: IsoContent): Buffer {
  const contents = Object.entries(files).map(([path, content]) => ({ path, bytes: Buffer.from(content) }));
  contents.sort((a, b) => (a.path < b.path ? -1 : 1));
  const folders = foldersOf(contents.map(({ path }) => path));
  // System area, two descriptors and their end, then a path table in both byte orders for each way of naming.
  let next = 16 + 3;
  const trees = [plainName, jolietName].map((nameOf) => {
    const table = { sector: next, size: pathTableSize(folders, nameOf) };
    next += 2 * sectors(table.size);
    return { nameOf, table, at: new Map<string, Extent>() };
  });
  for (const { nameOf, at } of trees)
    for (const folder of folders) {
      const size = records(folder, folders, contents, nameOf, () => ({ sector: 0, size: 0 })).length;
      at.set(folder, { sector: next, size });
      next += sectors(size);
    }
  for (const { path, bytes } of contents) {
    for (const { at } of trees) at.set(path, { sector: next, size: bytes.length });
    next += sectors(bytes.length);
  }
  const image = Buffer.alloc(next * sectorSize);
  trees.forEach(({ nameOf, table, at }, index) => {
    const find = (path: string) => at.get(path)!;
    descriptor(index === 1, { label, size: next, table, root: find('') }).copy(
      image,
      (16 + index) * sectorSize,
    );
    const big = (table.sector + sectors(table.size)) * sectorSize;
    pathTable(folders, nameOf, find, false).copy(image, table.sector * sectorSize);
    pathTable(folders, nameOf, find, true).copy(image, big);
    for (const folder of folders)
      records(folder, folders, contents, nameOf, find).copy(image, find(folder).sector * sectorSize);
  });
  image.write('\xffCD001\x01', 18 * sectorSize, 'latin1');
  for (const { path, bytes } of contents) bytes.copy(image, trees[0]!.at.get(path)!.sector * sectorSize);
  return image;
}

type NameOf = (path: string, isFolder: boolean) => Buffer;

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** Every folder, the root first, then level by level, as path tables want them. */
function foldersOf(paths: string[]): string[] {
  const all = new Set(['']);
  for (const path of paths) for (let up = parentOf(path); up; up = parentOf(up)) all.add(up);
  const depth = (path: string) => (path ? path.split('/').length : 0);
  return [...all].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

/** What a reader without Joliet sees: capitals, digits and underscores. */
function plainName(path: string, isFolder: boolean): Buffer {
  const name = path.slice(path.lastIndexOf('/') + 1).toUpperCase();
  const dot = isFolder ? -1 : name.lastIndexOf('.');
  const clean = (part: string) => part.replaceAll(/[^A-Z0-9_]/g, '_');
  if (isFolder) return Buffer.from(clean(name));
  return Buffer.from(
    dot < 0 ? `${clean(name)}.;1` : `${clean(name.slice(0, dot))}.${clean(name.slice(dot + 1))};1`,
  );
}

function jolietName(path: string): Buffer {
  return Buffer.from(path.slice(path.lastIndexOf('/') + 1), 'utf16le').swap16();
}

/** The entries of one folder; none crosses the end of a sector. */
function records(
  folder: string,
  folders: string[],
  files: { path: string }[],
  nameOf: NameOf,
  find: (path: string) => Extent,
): Buffer {
  const inside = (path: string) => path !== '' && parentOf(path) === folder;
  const children = [
    ...folders.filter(inside).map((path) => ({ name: nameOf(path, true), flag: folderFlag, ...find(path) })),
    ...files
      .filter(({ path }) => inside(path))
      .map(({ path }) => ({ name: nameOf(path, false), flag: 0, ...find(path) })),
  ].sort((a, b) => Buffer.compare(a.name, b.name));
  const own = { name: Buffer.from([0]), flag: folderFlag, ...find(folder) };
  const up = { name: Buffer.from([1]), flag: folderFlag, ...find(parentOf(folder)) };
  let bytes = Buffer.alloc(0);
  for (const entry of [own, up, ...children].map(record)) {
    const left = sectorSize - (bytes.length % sectorSize);
    bytes = Buffer.concat([bytes, Buffer.alloc(entry.length > left ? left : 0), entry]);
  }
  return Buffer.concat([bytes, Buffer.alloc(sectors(bytes.length) * sectorSize - bytes.length)]);
}

function pathTableSize(folders: string[], nameOf: NameOf): number {
  return pathTable(folders, nameOf, () => ({ sector: 0, size: 0 }), false).length;
}

function pathTable(folders: string[], nameOf: NameOf, find: (path: string) => Extent, big: boolean): Buffer {
  return Buffer.concat(
    folders.map((folder) => {
      const name = folder ? nameOf(folder, true) : Buffer.from([0]);
      const bytes = Buffer.alloc(8 + name.length + (name.length % 2));
      bytes[0] = name.length;
      const parent = folders.indexOf(parentOf(folder)) + 1;
      if (big) {
        bytes.writeUInt32BE(find(folder).sector, 2);
        bytes.writeUInt16BE(parent, 6);
      } else {
        bytes.writeUInt32LE(find(folder).sector, 2);
        bytes.writeUInt16LE(parent, 6);
      }
      name.copy(bytes, 8);
      return bytes;
    }),
  );
}
