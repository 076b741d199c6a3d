import { lstat, mkdir, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { IngotError } from '../../model/errors.ts';
import { runInside } from '../run/sandbox.ts';
import { type Store, withTemporary } from '../store/store.ts';

/** What a tools tree has for the sandbox to mount on. */
const mountPoints = ['dev', 'inputs', 'proc', 'run', 'scratch', 'sys', 'tmp', 'usr'];
/** On most systems these are links into /usr. */
const beside = ['bin', 'lib', 'lib32', 'lib64', 'libx32', 'sbin'];

/** What the tools say that enter the sandbox, what it means, and what to do about it. */
const refusals: { says: RegExp; means: string; hint: string }[] = [
  {
    says: /unshare failed: (No space left on device|Invalid argument)/,
    means: 'this system allows no further namespaces',
    hint: 'look at sysctl user | grep namespaces, and raise what is 0: sysctl -w user.max_mnt_namespaces=10000',
  },
  {
    says: /unshare failed: Operation not permitted/,
    means: 'root may not make namespaces here, as in a container without privileges',
    hint: 'start the container with --privileged, or with --cap-add SYS_ADMIN --security-opt apparmor=unconfined',
  },
  {
    says: /^chroot: |cannot change root directory/m,
    means: 'root may not change the root directory here',
    hint: 'start the container with --privileged, or with --cap-add SYS_CHROOT',
  },
  {
    says: /^mount: /m,
    means: 'root may not mount here, as in a container with a security profile',
    hint: 'start the container with --privileged, or with --security-opt apparmor=unconfined and, where it has one of its own, --security-opt seccomp=unconfined',
  },
];

/**
 * Does what every stage does, with the host's own programs in place of the tools tree: makes namespaces,
 * mounts, changes the root, and runs a program there. NO_SANDBOX when that is refused.
 */
export async function trySandbox(store: Store): Promise<void> {
  await withTemporary(store, async (folder) => {
    const [tools, work] = [join(folder, 'tools'), join(folder, 'work')];
    for (const path of [tools, work, ...mountPoints.map((name) => join(tools, name))]) await mkdir(path);
    const inputs: Record<string, string> = { '/usr': '/usr' };
    for (const name of beside) {
      const found = await lstat(`/${name}`).catch(() => undefined);
      if (found?.isSymbolicLink()) await symlink(await readlink(`/${name}`), join(tools, name));
      else if (found) inputs[`/${name}`] = `/${name}`;
    }
    await runInside({ tools, work, inputs, sourceDateEpoch: 0 }, ['true']).catch((error) => {
      throw explain(error);
    });
  });
}

function explain(error: IngotError): IngotError {
  if (error.code !== 'COMMAND_FAILED') return error;
  const refusal = refusals.find(({ says }) => says.test(error.message));
  const said = error.message.trim().split('\n').at(-1)!;
  return new IngotError('NO_SANDBOX', `${refusal?.means ?? 'a sandbox cannot be made here'}: ${said}`, {
    hint: refusal?.hint ?? 'build on a machine or in a container where root has all privileges',
    cause: error,
  });
}
