import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshFolder } from '../../host/fs/scratch.ts';
import { createProgress } from '../../host/progress.ts';
import type { Controller } from '../../model/target.ts';
import type { Firmware } from '../../model/types.ts';
import { probeAccelerator } from '../../vm/accelerator.ts';
import { readLogs } from '../../vm/boot-outcome.ts';
import { connectGuest, type Guest } from '../../vm/guest.ts';
import { boot } from '../../vm/machine.ts';
import type { MachineShape } from '../../vm/machine-shape.ts';
import { makeKey, powerOn, publicKeyOf } from '../../vm/start-qemu.ts';
import { testOut } from './boots.ts';

const progress = createProgress({ json: false });
/** Emulation on a busy machine: a live system's start, the installation, and the end. */
const installSeconds = { kvm: 300, tcg: 2400 };

/** A machine with a disk of its own, and what was said to its installer. */
export interface Target {
  folder: string;
  disk: string;
  controller: Controller;
  firmware: Firmware;
  shape?: MachineShape;
  privateKeyPath: string;
  publicKey: string;
}

/** A machine whose disk is empty; everything of it is in a folder of the suite's name. */
export async function newTarget(
  name: string,
  {
    controller,
    firmware,
    gibibytes = 8,
    shape,
  }: Partial<Target> & { gibibytes?: number } & Pick<Target, 'controller' | 'firmware'>,
): Promise<Target> {
  const folder = await freshFolder(join(testOut, `install-${name}`));
  const disk = join(folder, 'disk.raw');
  writeFileSync(disk, '');
  truncateSync(disk, gibibytes * 2 ** 30);
  const privateKeyPath = await makeKey(folder);
  const publicKey = await publicKeyOf(privateKeyPath);
  return { folder, disk, controller, firmware, shape, privateKeyPath, publicKey };
}

/** How QEMU attaches the disk to be installed on, beside the medium. */
const devices: { [controller in Controller]?: string[] } = {
  virtio: ['virtio-blk-pci,drive=target'],
  nvme: ['nvme,serial=target,drive=target'],
  ahci: ['ide-hd,bus=ide.1,drive=target'],
  usb: ['qemu-xhci,id=xhci', 'usb-storage,bus=xhci.0,drive=target'],
};

function diskArguments({ disk, controller, shape }: Target): string[] {
  const node = {
    'node-name': 'target',
    driver: 'raw',
    cache: { 'no-flush': true },
    file: { driver: 'file', filename: disk },
  };
  const { sectorBytes } = shape ?? {};
  const shown = sectorBytes ? `,logical_block_size=${sectorBytes},physical_block_size=${sectorBytes}` : '';
  const words = devices[controller]!.flatMap((device) => [
    '-device',
    device.includes('drive=') ? `${device}${shown}` : device,
  ]);
  return ['-blockdev', JSON.stringify(node), ...words];
}

/**
 * Starts the medium with answers that tell the installer to switch the machine off, and returns what it said
 * once it is off.
 */
export async function runInstaller(
  iso: string,
  target: Target,
  answers: object,
  further: string[] = [],
): Promise<{ console: string; seconds: number; steps: { step: string; text: unknown }[] }> {
  const { kind: accelerator } = await probeAccelerator();
  const { firmware, folder, privateKeyPath, shape } = target;
  const credentials = { 'ingot.install': JSON.stringify({ after: 'poweroff', ...answers }) };
  const running = await powerOn({
    disk: { path: iso, format: 'raw', readOnly: true },
    controller: 'cdrom',
    ...{ firmware, accelerator, memoryMiB: 2048, cpus: 2, folder, user: 'root', privateKeyPath, credentials },
    shape: shape?.secureBoot ? { secureBoot: true } : {},
    extraArguments: [...diskArguments(target), ...further],
  });
  try {
    const late = sleep(installSeconds[accelerator] * 1000, 'late', { ref: false });
    const ended = await Promise.race([running.ended.then(() => 'off'), late]);
    const { console } = await readLogs(folder);
    const lines = console
      .split('\n')
      .flatMap((line) => /\{"(step|error)": .*\}/.exec(line)?.slice(0, 1) ?? []);
    const steps = lines.map((line) => JSON.parse(line));
    if (ended === 'late') throw new Error(`the machine is still on: ${console.slice(-2000)}`);
    return { console, seconds: (Date.now() - running.started) / 1000, steps };
  } finally {
    await running.stop();
  }
}

/** Starts a machine from its disk alone; nothing is handed over, so that what answers is what was installed. */
export async function startInstalled<T>(
  target: Target,
  work: (guest: Guest, seconds: number) => Promise<T>,
): Promise<T> {
  const { kind: accelerator } = await probeAccelerator();
  const { disk, controller, firmware, folder, privateKeyPath, shape } = target;
  const machine = await boot(
    {
      disk: { path: disk, format: 'raw', readOnly: false },
      ...{ controller, firmware, accelerator, memoryMiB: 2048, cpus: 2, folder, privateKeyPath, shape },
      user: 'root',
      // Another key than that of the answers, for what is on the disk already is not replaced.
      credentials: { 'ssh.authorized_keys.root': '' },
    },
    progress,
  );
  try {
    const guest = await connectGuest(machine.address);
    try {
      return await work(guest, machine.bootSeconds);
    } finally {
      guest.close();
    }
  } finally {
    await machine.powerOff().catch(() => machine.stop());
  }
}

/** The machine is up without a failed unit, and its model answers. */
export async function expectAnswer(guest: Guest): Promise<string> {
  await guest.succeed('systemctl is-system-running --wait');
  const request = JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }], max_tokens: 8 });
  await guest.waitUntilSucceeds('curl --fail --silent http://127.0.0.1:9931/health', 300);
  return guest.succeed(
    `curl --fail --silent http://127.0.0.1:9931/v1/chat/completions --header 'Content-Type: application/json' --data '${request}'`,
  );
}
