/**
 * Numbers of Linux' system calls on x86-64 (arch/x86/entry/syscalls/syscall_64.tbl) that wait for the disk.
 */
const flushing = { msync: 26, fsync: 74, fdatasync: 75, sync: 162, syncfs: 306 };

/** From linux/bpf_common.h, linux/seccomp.h and linux/audit.h. */
const load = 0x20;
const jumpIfEqual = 0x15;
const answer = 0x06;
const offsets = { call: 0, architecture: 4 };
const x86_64 = 0xc000003e;
const allow = 0x7fff0000;
const succeedUndone = 0x00050000;

/**
 * A seccomp filter, as `setpriv --seccomp-filter` takes it, that makes fsync and its like succeed without
 * doing anything. For output that is flushed as a whole before it is handed out, and discarded after a power
 * failure.
 */
export function renderNoFlush(): Buffer {
  const calls = Object.values(flushing);
  const program: [code: number, k: number, jumpTrue?: number, jumpFalse?: number][] = [
    [load, offsets.architecture],
    [jumpIfEqual, x86_64, 0, calls.length + 1],
    [load, offsets.call],
    ...calls.map((call, index): [number, number, number] => [jumpIfEqual, call, calls.length - index]),
    [answer, allow],
    [answer, succeedUndone],
  ];
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, [code, k, jumpTrue = 0, jumpFalse = 0]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jumpTrue, index * 8 + 2);
    bytes.writeUInt8(jumpFalse, index * 8 + 3);
    bytes.writeUInt32LE(k, index * 8 + 4);
  }
  return bytes;
}
