import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../host/command.ts';
import { copyInto, exists, readText } from '../host/files.ts';
import { interrupted, throwIfInterrupted } from '../host/interrupt.ts';
import { type RunningProcess, startProcess } from '../host/process.ts';
import { IngotError } from '../model/errors.ts';
import { type MachineOptions, qemuArguments } from './arguments.ts';
import { connectGuest, type GuestAddress } from './guest.ts';
import { journalCredentials } from './journal.ts';
import { qmp } from './qmp.ts';

const ovmf = { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', vars: '/usr/share/OVMF/OVMF_VARS_4M.fd' };

export interface Machine {
  address: GuestAddress;
  accelerator: MachineOptions['accelerator'];
  /** Seconds from power-on until SSH let us in. */
  bootSeconds: number;
  screenshot(path: string): Promise<void>;
  /** Everything the guest wrote to its console and its journal so far. */
  logs(): Promise<{ console: string; journal: string }>;
  stop(): Promise<void>;
}

export type BootOptions = Omit<MachineOptions, 'sshPort' | 'ovmfCode'>;

/** Emulation on a busy machine takes minutes where KVM takes seconds. */
const timeoutsSeconds = { kvm: 180, tcg: 900 };

/**
 * Starts a machine and waits until SSH lets in with a key made for this boot. KVM that fails under the guest is
 * replaced by emulation once. A machine that never lets in is BOOT_FAILED, with its last words and a picture.
 */
export async function boot(options: BootOptions): Promise<Machine> {
  const { folder, firmware } = options;
  const timeoutSeconds = timeoutsSeconds[options.accelerator];
  if (firmware === 'uefi') await copyFirmware(folder);
  const key = join(folder, 'key');
  if (!(await exists(key)))
    await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'ingot-test', '-f', key]);
  const credentials = {
    'ssh.authorized_keys.root': await readText(`${key}.pub`),
    ...journalCredentials(options.credentials),
  };
  const sshPort = await freePort();
  const command = qemuArguments({ ...options, credentials, sshPort, ovmfCode: ovmf.code });
  const started = Date.now();
  const qemu = await startProcess(command, join(folder, 'qemu.log'));
  const kill = () => qemu.kill();
  interrupted.addEventListener('abort', kill);
  const stop = async () => {
    qemu.kill();
    await qemu.ended;
    interrupted.removeEventListener('abort', kill);
  };
  const address = { port: sshPort, privateKeyPath: key };
  const picture = (path: string) => screenshot(join(folder, 'qmp'), path);
  const outcome = await waitForSsh(address, qemu, started + timeoutSeconds * 1000);
  throwIfInterrupted();
  if (outcome !== 'in') {
    if (outcome === 'timeout') await picture(join(folder, 'screen.png')).catch(() => {});
    await stop();
    if (options.accelerator === 'kvm' && outcome === 'ended') return boot({ ...options, accelerator: 'tcg' });
    throw await bootFailed(folder, outcome, timeoutSeconds);
  }
  return {
    address,
    accelerator: options.accelerator,
    bootSeconds: (Date.now() - started) / 1000,
    screenshot: picture,
    logs: () => readLogs(folder),
    stop,
  };
}

async function waitForSsh(
  address: GuestAddress,
  qemu: RunningProcess,
  deadline: number,
): Promise<'in' | 'ended' | 'timeout'> {
  let ended = false;
  qemu.ended.then(() => {
    ended = true;
  });
  while (Date.now() < deadline && !ended && !interrupted.aborted) {
    const guest = await connectGuest(address).catch(() => undefined);
    if (guest) {
      guest.close();
      return 'in';
    }
    await sleep(1000);
  }
  return ended ? 'ended' : 'timeout';
}

async function screenshot(socket: string, path: string): Promise<void> {
  await qmp(socket, [{ execute: 'screendump', arguments: { filename: path, format: 'png' } }]);
}

async function readLogs(folder: string): Promise<{ console: string; journal: string }> {
  const read = async (name: string) =>
    (await exists(join(folder, name))) ? readText(join(folder, name)) : '';
  return { console: await read('console.log'), journal: await read('journal.log') };
}

async function bootFailed(folder: string, outcome: string, seconds: number): Promise<IngotError> {
  const { console: serial, journal } = await readLogs(folder);
  const qemuLog = await readText(join(folder, 'qemu.log'));
  const why = outcome === 'ended' ? `QEMU ended: ${qemuLog.trim()}` : `no SSH within ${seconds} s`;
  const tail = (text: string) => text.trim().split('\n').slice(-20).join('\n');
  return new IngotError(
    'BOOT_FAILED',
    `${why}\n--- console\n${tail(serial)}\n--- journal\n${tail(journal)}`,
    {
      hint: `look at console.log, journal.log and screen.png in ${folder}`,
    },
  );
}

async function copyFirmware(folder: string): Promise<void> {
  for (const path of Object.values(ovmf))
    if (!(await exists(path)))
      throw new IngotError('HOST_TOOL_MISSING', `the UEFI firmware ${path} is not there`, {
        hint: 'npm run setup, or apt-get install ovmf',
      });
  await copyInto(ovmf.vars, join(folder, 'vars.fd'));
}

/** A TCP port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
