import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unixText } from '../../formats/text/unix-text.ts';
import { parseYaml } from '../../formats/text/yaml.ts';
import { IngotError } from '../../model/errors.ts';
import type { OverlayFile } from '../../model/image.ts';
import { exists, listFiles, repository } from './files.ts';

/** Names of the TypeScript modules in a folder of the repository, sorted. */
export async function moduleNames(folder: string): Promise<string[]> {
  const names = await readdir(join(repository, folder));
  return names
    .filter((name) => /^[a-z0-9-]+\.ts$/.test(name))
    .map((name) => name.slice(0, -3))
    .sort();
}

/** The default export of `<folder>/<name>.ts`. */
export async function importDefault<T>(folder: string, name: string): Promise<T> {
  const file = join(repository, folder, `${name}.ts`);
  try {
    return ((await import(pathToFileURL(file).href)) as { default: T }).default;
  } catch (cause) {
    throw new IngotError('RECIPE_INVALID', `${folder}/${name}.ts: ${(cause as Error).message}`, {
      hint: `correct ${folder}/${name}.ts`,
      cause,
    });
  }
}

/** A YAML file of the repository as plain data; undefined when it does not exist. */
export async function readYaml(path: string, limits: { maxCharacters?: number } = {}): Promise<unknown> {
  const file = join(repository, path);
  return (await exists(file)) ? parseYaml(await readFile(file, 'utf8'), path, limits) : undefined;
}

type Owners = { [path: string]: { mode?: string; uid?: number; gid?: number } };

/**
 * The files of one overlay. Modes are 0755 for what git marks executable and 0644 for the rest; `owners.yaml`
 * states what git cannot carry. Only files and symlinks may be there.
 */
export async function readOverlay(feature: string, owners: Owners): Promise<OverlayFile[]> {
  const folder = join(repository, 'overlays', feature);
  const paths = (await listFiles(folder)).filter((path) => path !== 'owners.yaml');
  const files = await Promise.all(paths.map((path) => readOverlayFile(folder, path, owners)));
  const unused = Object.keys(owners).filter((path) => !files.some((file) => file.path === path));
  if (unused.length)
    throw new IngotError(
      'INPUT_INVALID',
      `overlays/${feature}/owners.yaml names ${unused.join(', ')}, which the overlay does not have`,
      { hint: 'write the path as it is on the image, or remove the entry' },
    );
  return files;
}

/** One of them; its text goes to the machine as it is. */
export async function readOverlayFile(folder: string, path: string, owners: Owners): Promise<OverlayFile> {
  const found = await lstat(join(folder, path));
  const template = path.endsWith('.hbs');
  const onImage = template ? path.slice(0, -4) : path;
  const own = owners[onImage] ?? {};
  const common = { path: onImage, uid: own.uid ?? 0, gid: own.gid ?? 0, template };
  if (found.isSymbolicLink())
    return { ...common, mode: 0o777, kind: 'symlink', content: await readlink(join(folder, path)) };
  if (!found.isFile())
    throw new IngotError('INPUT_INVALID', `${folder}/${path} is neither a file nor a symlink`, {
      hint: 'an overlay holds files and symlinks; devices and sockets are made on the machine by tmpfiles.d',
    });
  if (found.mode & 0o7000)
    throw new IngotError('INPUT_INVALID', `${folder}/${path} is set-uid, set-gid or sticky`, {
      hint: `chmod u-s,g-s,-t ${folder}/${path}; git carries no such bit, and no overlay may grant privileges`,
    });
  const mode = own.mode ? Number.parseInt(own.mode, 8) : found.mode & 0o100 ? 0o755 : 0o644;
  const file = join(folder, path);
  const content = unixText(await readFile(file), `overlay file ${relative(repository, file)}`, file);
  return { ...common, mode, kind: 'file', content };
}
