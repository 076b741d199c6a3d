import { delimiter, join } from 'node:path';
import { allDistros } from '../distros/find.ts';
import { exists } from '../host/fs/files.ts';
import { trySandbox } from '../host/probe/sandbox.ts';
import { tryStore } from '../host/probe/store.ts';
import { openStore, type Store } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';

/** Programs of the host's own that a verb needs, and the package of each. */
export const buildTools = {
  ...Object.assign({}, ...allDistros.map(({ hostTools }) => hostTools)),
  unshare: 'util-linux',
  setpriv: 'util-linux',
  tar: 'tar',
};
export const verifyTools = {
  faketime: 'faketime',
  nsenter: 'util-linux',
  taskset: 'util-linux',
  bash: 'bash',
};
export const testTools = {
  'qemu-system-x86_64': 'qemu-system-x86',
  'qemu-img': 'qemu-utils',
  'cloud-localds': 'cloud-image-utils',
  xz: 'xz-utils',
  bash: 'bash',
};

/** Names of the programs that no folder of PATH has. */
export async function missingTools(tools: Record<string, string>): Promise<string[]> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = async (name: string) =>
    (await Promise.all(folders.map((folder) => exists(join(folder, name))))).includes(true);
  const names = Object.keys(tools);
  const present = await Promise.all(names.map(found));
  return names.filter((_, index) => !present[index]);
}

export async function requireTools(tools: Record<string, string>): Promise<void> {
  const missing = await missingTools(tools);
  if (!missing.length) return;
  const packages = [...new Set(missing.map((name) => tools[name]))].join(' ');
  throw new IngotError('HOST_TOOL_MISSING', `the host has no ${missing.join(', ')}`, {
    hint: `npm run setup, or install the packages ${packages}`,
  });
}

/**
 * Opens the store once this host is seen to have what a verb needs: root, programs, and that it lets root do
 * what stages do. That is tried, for in a container root may be there and be of no use.
 */
export async function requireHost(tools: Record<string, string>): Promise<Store> {
  requireRoot();
  await requireTools(tools);
  const store = await openStore();
  await tryStore(store);
  await trySandbox(store);
  return store;
}

export function requireRoot(): void {
  if (process.getuid?.() === 0) return;
  throw new IngotError('NOT_ROOT', `building needs root, but this is uid ${process.getuid?.()}`, {
    hint: 'run the same command with sudo; plan, list and model check need no root',
  });
}
