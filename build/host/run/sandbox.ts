import { fileURLToPath } from 'node:url';
import { type CommandOptions, run } from './command.ts';

/** The script, and the tables that it mounts. */
const enter = [
  new URL('enter-sandbox.sh', import.meta.url),
  new URL('sandbox-folders.fstab', import.meta.url),
  new URL('sandbox-kernel.fstab', import.meta.url),
].map((url) => fileURLToPath(url));

export interface Sandbox {
  /** Root of the tools tree: every program that runs comes from here. Mounted read-only. */
  tools: string;
  /** The one writable folder, seen as /scratch; the working directory. */
  work: string;
  /** Further folders or files to see, read-only: path inside the sandbox → path outside. */
  inputs?: Record<string, string>;
  /** Seconds since 1970, exported as SOURCE_DATE_EPOCH. */
  sourceDateEpoch: number;
  /** Lets the command reach the network; it has none otherwise. */
  network?: boolean;
  /** Further environment variables. */
  variables?: Record<string, string>;
}

/**
 * Runs a command inside the tools tree, as root, in mount, process, IPC, host-name and (by default) network
 * namespaces of its own. Mounts vanish with the namespace, and the kernel kills everything inside when the
 * process that entered it dies, so not even SIGKILL leaves anything behind.
 */
export async function runInside(
  sandbox: Sandbox,
  command: string[],
  options: CommandOptions = {},
): Promise<string> {
  const binds = Object.entries(sandbox.inputs ?? {}).flatMap(([inside, outside]) => [outside, inside]);
  const namespaces = ['--mount', '--pid', '--ipc', '--uts', ...(sandbox.network ? [] : ['--net'])];
  return run(
    [
      'unshare',
      ...namespaces,
      '--fork',
      '--kill-child=KILL',
      '--propagation=private',
      'sh',
      ...enter,
      sandbox.tools,
      sandbox.work,
      String(binds.length / 2),
      ...binds,
      ...command,
    ],
    { ...options, env: { ...environment(sandbox.sourceDateEpoch), ...sandbox.variables } },
  );
}

/** A fixed environment, so that nothing of the user's reaches the bytes. */
function environment(sourceDateEpoch: number): Record<string, string> {
  return {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    TERM: 'dumb',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    DEBIAN_FRONTEND: 'noninteractive',
    PYTHONHASHSEED: '0',
    PERL_HASH_SEED: '0',
    SOURCE_DATE_EPOCH: String(sourceDateEpoch),
  };
}

/**
 * The same namespaces, without a network, for a command of the host's own: only for making the tools tree
 * itself. Its temporary files go to `temporary`, where they are not forgotten when it is killed.
 */
export function privateCommand(command: string[], sourceDateEpoch: number, temporary: string): string[] {
  const settings = Object.entries({ ...environment(sourceDateEpoch), TMPDIR: temporary }).map(
    ([name, value]) => `${name}=${value}`,
  );
  return [
    'unshare',
    '--mount',
    '--pid',
    '--net',
    '--fork',
    '--kill-child=KILL',
    '--mount-proc',
    '--propagation=private',
    'env',
    '--ignore-environment',
    ...settings,
    ...command,
  ];
}
