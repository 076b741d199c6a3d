import { join } from 'node:path';
import { exists, readText } from '../host/fs/files.ts';
import { IngotError } from '../model/errors.ts';

/** Its console and its journal. */
export const guestLogs = ['console.log', 'journal.log'];

/** Everything a guest wrote to its console and its journal so far, and QEMU of it. */
export async function readLogs(folder: string): Promise<{ console: string; journal: string; qemu: string }> {
  const read = async (name: string) =>
    (await exists(join(folder, name))) ? readText(join(folder, name)) : '';
  return {
    console: await read('console.log'),
    journal: await read('journal.log'),
    qemu: await read('qemu.log'),
  };
}

/** The error for a machine that did not get where it should, with its last words, and where its processors were. */
export async function bootFailed(folder: string, why: string, processors = ''): Promise<IngotError> {
  const { console: serial, journal } = await readLogs(folder);
  const tail = (text: string) => text.trim().split('\n').slice(-20).join('\n');
  return new IngotError(
    'BOOT_FAILED',
    `${why}\n--- console\n${tail(serial)}\n--- journal\n${tail(journal)}\n--- processors\n${processors}`,
    {
      hint: `look at console.log, journal.log and screen.png in ${folder}`,
    },
  );
}
