import { readFileSync } from 'node:fs';
import { type IngotError, toIngotError } from '../../model/errors.ts';
import { freeBytes } from '../fs/free-space.ts';
import type { Store } from '../store/store.ts';

/**
 * What tools say of a full disk (the C library, and package managers before they begin), of memory refused
 * and of open files.
 */
const complaints: [says: RegExp, code: string][] = [
  [/No space left on device|enough free space/, 'ENOSPC'],
  [/Cannot allocate memory|[Oo]ut of memory|bad_alloc/, 'ENOMEM'],
  [/Too many open files/, 'EMFILE'],
];

/**
 * Looks at the machine before a stage; the result explains a failed tool by what it had too little of. Some
 * tools know a full disk only as an I/O error, and of a process that was killed far below them they may say
 * anything: so the disk and the kernel's count of processes that it killed for their memory are asked as
 * well.
 */
export function explainExhaustion(store: Store): (failure: unknown) => Promise<IngotError> {
  const before = killedForMemory();
  return async (failure) => {
    const error = toIngotError(failure);
    if (error.code !== 'COMMAND_FAILED') return error;
    const said = complaints.find(([says]) => says.test(`${error.message}\n${error.cause}`))?.[1];
    const code = said ?? (await emptied(store, before));
    return code ? toIngotError(Object.assign(new Error(error.message), { code, cause: error })) : error;
  };
}

async function emptied(store: Store, killedBefore: number): Promise<string | undefined> {
  if ((await freeBytes(store.folder)) < 2 ** 20) return 'ENOSPC';
  return killedForMemory() > killedBefore ? 'ENOMEM' : undefined;
}

/** Of the whole machine, since it started: proc_vmstat(5); a kernel that does not count has none. */
function killedForMemory(): number {
  return Number(/^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0);
}
