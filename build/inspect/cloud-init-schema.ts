import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFiles } from '../host/fs/write-files.ts';
import { run } from '../host/run/command.ts';
import { stageWith } from '../host/store/find-stage.ts';
import { type Store, withTemporary } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';

const script = fileURLToPath(new URL('cloud-init-schema.sh', import.meta.url));
const program = 'usr/bin/cloud-init';

/** A file for cloud-init, and which of its schemas it is held against. */
export interface CloudInitFile {
  /** As errors call it. */
  what: string;
  bytes: Uint8Array;
  type: 'cloud-config' | 'network-config';
}

/** The root of an image in the store that has cloud-init; undefined when there is none. */
export async function rootWithCloudInit(store: Store): Promise<string | undefined> {
  const stage = await stageWith(store, join('root', program));
  return stage && join(stage, 'root');
}

/**
 * What the cloud-init of an image remarks on a file, as that an option has another name now; throws
 * INPUT_INVALID with its own words when it would not take the file.
 */
export async function judgeByCloudInit(
  { what, bytes, type }: CloudInitFile,
  { root, store }: { root: string; store: Store },
): Promise<string[]> {
  return withTemporary(store, async (folder) => {
    await writeFiles(folder, { given: bytes });
    const namespaces = ['--mount', '--pid', '--net', '--ipc', '--uts', '--propagation=private'];
    const command = ['unshare', ...namespaces, '--fork', '--kill-child=KILL', 'sh', script];
    const said = await run([...command, root, folder, 'given', type]).catch((error: IngotError) => {
      const lines = linesOf(error.cause);
      if (error.code !== 'COMMAND_FAILED' || !lines.some((line) => /^(Error|Invalid|Expected)/.test(line)))
        throw error;
      throw new IngotError('INPUT_INVALID', `${what}: cloud-init says: ${lines.join(' ')}`, {
        hint: 'correct the file; its keys are in https://docs.cloud-init.io',
        cause: error,
      });
    });
    return linesOf(said).map((line) => `${what}: cloud-init says: ${line}`);
  });
}

/** What cloud-init says of the file itself, each once. */
function linesOf(output: unknown): string[] {
  const lines = String(output)
    .split('\n')
    .map((line) => line.trim().replaceAll('/tmp/given/given', 'the file'));
  return [...new Set(lines)].filter(
    (line) =>
      line &&
      !/^(Valid schema|Error: Invalid schema|Invalid (network-config|user-data|cloud-config))/.test(line),
  );
}
