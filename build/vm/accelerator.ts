import { setTimeout as sleep } from 'node:timers/promises';
import { exists, readText } from '../host/fs/files.ts';
import { withScratchFolder } from '../host/fs/scratch.ts';
import { startProcess } from '../host/run/process.ts';
import type { Accelerator } from '../model/types.ts';
import { ovmf } from './firmware.ts';

export interface ProvenAccelerator {
  kind: Accelerator;
  /** Why this one: what was seen. */
  reason: string;
}

const proofSeconds = 10;

/** What QEMU says when KVM cannot run a guest any further; it then keeps the guest paused for ever. */
export const kvmDied = /KVM internal error/;

/**
 * A firmware that QEMU runs, what it does with a log, and the words in that by which it is at the end of its
 * work. SeaBIOS writes to I/O port 0x402, OVMF to the serial line. Some hosts run the one and die in the
 * other.
 */
const firmwares = [
  {
    name: 'BIOS',
    run: (log: string) => [
      ...['-chardev', `file,id=log,path=${log}`],
      ...['-device', 'isa-debugcon,iobase=0x402,chardev=log'],
    ],
    says: /No bootable device/,
  },
  {
    name: 'UEFI',
    run: (log: string) => [
      ...['-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${ovmf.code}`],
      ...['-serial', `file:${log}`],
    ],
    says: /BdsDxe: /,
  },
];

/**
 * KVM if guests run in it, else software emulation. /dev/kvm being there proves nothing: some hosts have it
 * and guests die in it. So each firmware is started under KVM and must reach the end of its work.
 */
export async function probeAccelerator(): Promise<ProvenAccelerator> {
  if (!(await exists('/dev/kvm'))) return { kind: 'tcg', reason: 'there is no /dev/kvm' };
  return withScratchFolder('kvm', async (folder) => {
    const failures = await Promise.all(firmwares.map((firmware) => failureOf(firmware, folder)));
    const reason = failures.find((failure) => failure !== undefined);
    if (reason) return { kind: 'tcg', reason: `/dev/kvm is there, but a guest fails in it: ${reason}` };
    return { kind: 'kvm', reason: 'guests ran BIOS and UEFI firmware under KVM' };
  });
}

/** Why a firmware does not run under KVM; undefined when it does. */
async function failureOf(
  { name, run, says }: (typeof firmwares)[number],
  folder: string,
): Promise<string | undefined> {
  const [log, errors] = [`${folder}/${name}.log`, `${folder}/${name}.errors`];
  const textOf = async (path: string) => ((await exists(path)) ? readText(path) : '');
  const bare = ['qemu-system-x86_64', '-nodefaults', '-no-user-config', '-display', 'none'];
  const machine = ['-machine', 'q35,accel=kvm', '-cpu', 'host', '-m', '128M'];
  const qemu = await startProcess([...bare, ...machine, ...run(log)], errors);
  let over: string | undefined;
  qemu.ended.then(({ stderr }) => {
    over = stderr.trim().split('\n').at(-1) ?? '';
  });
  try {
    for (let waited = 0; waited < proofSeconds * 10; waited++) {
      if (says.test(await textOf(log))) return;
      if (over !== undefined) return over;
      const [died] = kvmDied.exec(await textOf(errors)) ?? [];
      if (died) return `${died} in ${name} firmware`;
      await sleep(100);
    }
    return `${name} firmware did not finish in ${proofSeconds} s`;
  } finally {
    qemu.kill();
    await qemu.ended;
  }
}
