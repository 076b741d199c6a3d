import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../formats/text/canonical-json.ts';
import { exists } from '../../host/fs/files.ts';
import { run } from '../../host/run/command.ts';
import { runInside } from '../../host/run/sandbox.ts';
import { openStore, withTemporary } from '../../host/store/store.ts';

/** Programs that read disks and share no code with QEMU, and what their sandbox needs. */
const packages = ['virtualbox', 'gdisk', 'base-files', 'coreutils', 'dash'];

/**
 * A tree of Debian sid, which alone has VirtualBox, kept in the store. Its packages are unpacked and not
 * configured: that would compile VirtualBox's kernel module, which opening disks does not need.
 */
export async function readersTree(): Promise<string> {
  const store = await openStore();
  const mirror = process.env.INGOT_DEBIAN_MIRROR ? [process.env.INGOT_DEBIAN_MIRROR] : [];
  const command = [
    ...['mmdebstrap', '--quiet', '--variant=extract', '--components=main,contrib'],
    // A mirror that no longer follows the archive is as good; what it has is signed.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    ...[`--include=${packages.join(',')}`, 'sid'],
  ];
  const tree = join(store.folder, 'readers', sha256([...command, ...mirror]).slice(0, 12));
  if (await exists(tree)) return tree;
  await mkdir(join(tree, '..'), { recursive: true });
  await withTemporary(store, async (temporary) => {
    const made = join(temporary, 'tree');
    await run([...command, made, ...mirror]);
    // Where a sandbox has its files.
    for (const folder of ['scratch', 'inputs']) await mkdir(join(made, folder), { recursive: true });
    await rename(made, tree);
  });
  return tree;
}

export interface Readers {
  tree: string;
  /** Writable, and empty at first: where VirtualBox keeps what it knows. */
  work: string;
}

/** Runs a command of the tree's, which sees a file at `/inputs/<name>`, and returns what it says. */
export async function readWith(
  { tree, work }: Readers,
  files: { [name: string]: string },
  command: string[],
): Promise<string> {
  const inputs = Object.fromEntries(Object.entries(files).map(([name, path]) => [`/inputs/${name}`, path]));
  const path = 'PATH=/usr/lib/virtualbox:/usr/bin:/usr/sbin';
  const home = ['HOME=/scratch', 'VBOX_USER_HOME=/scratch/virtualbox'];
  return runInside({ tools: tree, work, inputs, sourceDateEpoch: 1 }, ['env', path, ...home, ...command]);
}
