import { setTimeout as sleep } from 'node:timers/promises';
import { exists, readText } from '../host/files.ts';
import { startProcess } from '../host/process.ts';
import { withScratchFolder } from '../host/scratch.ts';
import type { Accelerator } from '../model/types.ts';

export interface ProvenAccelerator {
  kind: Accelerator;
  /** Why this one: what was seen. */
  reason: string;
}

const proofSeconds = 10;

/**
 * KVM if a guest runs in it, else software emulation. /dev/kvm being there proves nothing: some hosts have it and
 * guests die in it. So the firmware is started under KVM and must reach the end of its work.
 */
export async function probeAccelerator(): Promise<ProvenAccelerator> {
  if (!(await exists('/dev/kvm'))) return { kind: 'tcg', reason: 'there is no /dev/kvm' };
  return withScratchFolder('kvm', async (folder) => {
    const said = `${folder}/firmware.log`;
    const qemu = await startProcess(probeCommand(said), `${folder}/qemu.log`);
    let over: string | undefined;
    qemu.ended.then(({ stderr }) => {
      over = stderr.trim().split('\n').at(-1) ?? '';
    });
    try {
      for (let waited = 0; waited < proofSeconds * 10 && over === undefined; waited++) {
        const text = (await exists(said)) ? await readText(said) : '';
        if (/No bootable device/.test(text))
          return { kind: 'kvm', reason: 'a guest ran its firmware under KVM' };
        await sleep(100);
      }
      const why = over ?? `the firmware did not finish in ${proofSeconds} s`;
      return { kind: 'tcg', reason: `/dev/kvm is there, but a guest fails in it: ${why}` };
    } finally {
      qemu.kill();
      await qemu.ended;
    }
  });
}

/** SeaBIOS writes its log to I/O port 0x402 and says so when it has found nothing to boot. */
function probeCommand(log: string): string[] {
  return [
    ...['qemu-system-x86_64', '-nodefaults', '-no-user-config', '-display', 'none'],
    ...['-machine', 'q35,accel=kvm', '-cpu', 'host', '-m', '64M'],
    ...['-chardev', `file,id=log,path=${log}`, '-device', 'isa-debugcon,iobase=0x402,chardev=log'],
  ];
}
