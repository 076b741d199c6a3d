import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { freshFolder } from '../../host/fs/scratch.ts';
import { createProgress } from '../../host/progress.ts';
import type { Controller } from '../../model/target.ts';
import type { Firmware } from '../../model/types.ts';
import { probeAccelerator } from '../../vm/accelerator.ts';
import { readLogs } from '../../vm/boot-outcome.ts';
import { connectGuest, type Guest } from '../../vm/guest.ts';
import { boot, type Machine } from '../../vm/machine.ts';
import type { MachineShape } from '../../vm/machine-shape.ts';
import { makeKey, powerOn, publicKeyOf, type Running } from '../../vm/start-qemu.ts';
import { testOut } from './boots.ts';

const progress = createProgress({ json: false });
/** Emulation on a busy machine: a live system's start, the installation, and the end. */
const installSeconds = { kvm: 300, tcg: 2400 };
const machine = { memoryMiB: 2048, cpus: 2, user: 'root' };

/** A machine with a disk to install on. */
export interface Target {
  folder: string;
  disk: string;
  controller: Controller;
  firmware: Firmware;
  shape: MachineShape;
  privateKeyPath: string;
  publicKey: string;
  /** A file for the log of all that is written to the disk. */
  writeLog?: string;
}

/** A machine whose disk is empty; everything of it is in a folder of the suite's name. */
export async function newTarget(
  name: string,
  options: Pick<Target, 'controller' | 'firmware'> & { gibibytes?: number; shape?: MachineShape },
): Promise<Target> {
  const { controller, firmware, gibibytes = 8, shape = {} } = options;
  const folder = await freshFolder(join(testOut, `install-${name}`));
  const disk = join(folder, 'disk.raw');
  emptyFile(disk, gibibytes * 2 ** 30);
  const privateKeyPath = await makeKey(folder);
  const publicKey = await publicKeyOf(privateKeyPath);
  return { folder, disk, controller, firmware, shape, privateKeyPath, publicKey };
}

export function emptyFile(path: string, bytes: number): void {
  writeFileSync(path, '');
  truncateSync(path, bytes);
}

/** How a disk is attached beside the medium. */
const devices: { [controller in Controller]?: string[] } = {
  virtio: ['virtio-blk-pci'],
  nvme: ['nvme,serial=target'],
  ahci: ['ide-hd,bus=ide.1'],
  usb: ['qemu-xhci,id=xhci', 'usb-storage,bus=xhci.0,removable=off'],
};

/** Words by which QEMU attaches a further disk. */
export function attached(
  disk: string,
  controller: Controller,
  { sectorBytes, node = {}, name = 'target' }: { sectorBytes?: number; node?: object; name?: string } = {},
): string[] {
  const file = { driver: 'file', filename: disk };
  const block = { 'node-name': name, driver: 'raw', cache: { 'no-flush': true }, file, ...node };
  const sectors = sectorBytes ? `,logical_block_size=${sectorBytes},physical_block_size=${sectorBytes}` : '';
  const own = devices[controller]!;
  const words = own.map((device, at) => (at < own.length - 1 ? device : `${device},drive=${name}${sectors}`));
  return ['-blockdev', JSON.stringify(block), ...words.flatMap((device) => ['-device', device])];
}

/** Switches a machine on with the medium and further words of QEMU's. */
export async function startMedium(
  iso: string,
  { firmware, folder, privateKeyPath, shape }: Target,
  extraArguments: string[],
  credentials: { [name: string]: string } = {},
): Promise<Running> {
  const { kind: accelerator } = await probeAccelerator();
  return powerOn({
    disk: { path: iso, format: 'raw', readOnly: true },
    controller: 'cdrom',
    ...{ ...machine, firmware, accelerator, folder, privateKeyPath, credentials, extraArguments },
    shape: { ...shape, sectorBytes: undefined },
  });
}

/** What an unattended installation said, a line each. */
export type Steps = { step?: string; text?: unknown; error?: { code: string; message: string } }[];

/**
 * Starts the medium with answers that tell the installer to switch the machine off, and returns what it said
 * once it is off.
 */
export async function runInstaller(
  iso: string,
  target: Target,
  answers: object,
  further: string[] = [],
): Promise<{ steps: Steps; seconds: number }> {
  const { kind } = await probeAccelerator();
  const credentials = { 'ingot.install': JSON.stringify({ after: 'poweroff', ...answers }) };
  const { writeLog, shape } = target;
  const logged = { driver: 'blklogwrites', log: { driver: 'file', filename: writeLog } };
  const raw = { driver: 'raw', file: { driver: 'file', filename: target.disk } };
  const node = writeLog ? { ...logged, file: raw } : {};
  const how = { sectorBytes: shape.sectorBytes, node };
  const words = [...attached(target.disk, target.controller, how), ...further];
  const running = await startMedium(iso, target, words, credentials);
  try {
    const over = running.ended.then(() => true);
    const end = Date.now() + installSeconds[kind] * 1000;
    for (;;) {
      const off = await Promise.race([over, sleep(2000, false)]);
      const steps = await stepsOf(target.folder);
      // After a refusal the machine stays on.
      if (off || steps.at(-1)?.error) return { steps, seconds: (Date.now() - running.started) / 1000 };
      if (Date.now() > end)
        throw new Error(`the machine is still on; its installer said ${JSON.stringify(steps)}`);
    }
  } finally {
    await running.stop();
  }
}

async function stepsOf(folder: string): Promise<Steps> {
  const { journal } = await readLogs(folder);
  return [...journal.matchAll(/\{"(?:step|error)": .*\}/g)].map(([line]) => JSON.parse(line));
}

/** Starts a machine from its disk alone. What it takes as a login is what was installed: it gets no key. */
export async function startInstalled<T>(
  { disk, controller, firmware, folder, privateKeyPath, shape }: Target,
  work: (guest: Guest, machine: Machine) => Promise<T>,
  more: { credentials?: { [name: string]: string }; extraArguments?: string[] } = {},
): Promise<T> {
  const { kind: accelerator } = await probeAccelerator();
  const started = await boot(
    {
      disk: { path: disk, format: 'raw', readOnly: false },
      ...{ ...machine, controller, firmware, accelerator, folder, privateKeyPath, shape },
      extraArguments: more.extraArguments,
      // Instead of the key that machines of tests get.
      credentials: { ...more.credentials, 'ssh.authorized_keys.root': '' },
    },
    progress,
  );
  try {
    const guest = await connectGuest(started.address);
    try {
      return await work(guest, started);
    } finally {
      guest.close();
    }
  } finally {
    await started.powerOff().catch(() => started.stop());
  }
}

/** The machine is up without a failed unit, its model answers, and its own check is good. */
export async function expectGood(guest: Guest): Promise<void> {
  await guest.succeed('systemctl is-system-running --wait');
  const request = JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }], max_tokens: 8 });
  await guest.waitUntilSucceeds('curl --fail --silent http://127.0.0.1:9931/health', 600);
  const answer = await guest.succeed(
    `curl --fail --silent http://127.0.0.1:9931/v1/chat/completions --header 'Content-Type: application/json' --data '${request}'`,
  );
  expect(JSON.parse(answer).choices[0].message.content.length).toBeGreaterThan(0);
  const result = await guest.waitUntilSucceeds('cat /var/lib/installed-check/result.json', 600);
  expect(JSON.parse(result)).toMatchObject({ good: true });
}
