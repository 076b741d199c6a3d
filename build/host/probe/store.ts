import { fileURLToPath } from 'node:url';
import { IngotError } from '../../model/errors.ts';
import { run } from '../run/command.ts';
import { type Store, withTemporary } from '../store/store.ts';

const script = fileURLToPath(new URL('store.sh', import.meta.url));

/**
 * Does with files in the store what stages do, which folders shared by a network or a virtual machine often
 * refuse. PATH_UNUSABLE when something is.
 */
export async function tryStore(store: Store): Promise<void> {
  await withTemporary(store, async (cwd) => {
    await run(['sh', script], { cwd }).catch((error: IngotError) => {
      if (error.code !== 'COMMAND_FAILED') throw error;
      const tried = String(error.cause).split('\n');
      const last = tried.filter((line) => /^[a-z ]+$/.test(line)).at(-1);
      const local = 'set INGOT_STORE to a folder on a local Linux file system, as ext4, XFS or Btrfs';
      const rootless =
        'if root is one of a rootless container, give it 65536 ids in /etc/subuid and /etc/subgid';
      throw new IngotError('PATH_UNUSABLE', `the file system of the store ${store.folder} does not ${last}`, {
        hint: last === 'give files to other users' ? `${local}; ${rootless}` : local,
        cause: error,
      });
    });
  });
}
