import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** `<boot>.<PID namespace>.<pid>.<start time>`: a process id alone may belong to another process by now. */
export function ownName(): string {
  return `${bootId()}.${pidNamespace()}.${process.pid}.${startTime(process.pid)}`;
}

/** Processes of another container cannot be seen from here; what is theirs is left alone for a day. */
const unseenHours = 24;

/**
 * Whether the process lives that `name` in `folder` says it belongs to: `<owner>` or `<owner>-<anything>`.
 */
export async function ownerAlive(folder: string, name: string, owner = name): Promise<boolean> {
  const [boot, namespace, pid, start] = (owner.split('-')[0] ?? '').split('.');
  if (boot !== bootId()) return false;
  if (namespace === pidNamespace()) return startTime(Number(pid)) === start;
  const found = await stat(join(folder, name)).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs < unseenHours * 3_600_000;
}

/** Whether an owner's process ran since this machine was started. */
export function ownerOfThisBoot(owner: string): boolean {
  return owner.startsWith(`${bootId()}.`);
}

function pidNamespace(): string {
  return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))![0];
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').replaceAll('-', '').slice(0, 12);
}

function startTime(pid: number): string | undefined {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  // The command's name may hold spaces and parentheses; field 22 is counted after its last one.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}
