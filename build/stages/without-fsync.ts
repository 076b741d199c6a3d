import { renderNoFlush } from '../formats/systemd/seccomp.ts';
import { writeFiles } from '../host/fs/write-files.ts';

/**
 * A command for a sandbox at `scratch`, in which what a program wants on the disk at once is not waited for:
 * the store flushes a stage as a whole before it is handed out, and throws it away when the power fails.
 */
export async function withoutFsync(scratch: string, command: string[]): Promise<string[]> {
  await writeFiles(scratch, { 'no-flush': renderNoFlush() });
  return ['setpriv', '--seccomp-filter', '/scratch/no-flush', ...command];
}
