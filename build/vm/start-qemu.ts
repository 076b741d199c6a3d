import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readText, writeAtomic } from '../host/fs/files.ts';
import { inNewFolder } from '../host/fs/scratch.ts';
import { interrupted } from '../host/interrupt.ts';
import { run } from '../host/run/command.ts';
import { startProcess } from '../host/run/process.ts';
import { type MachineOptions, qemuArguments } from './arguments.ts';
import { bootFailedError, guestLogs } from './boot-outcome.ts';
import { shellCredentials } from './channel-shell.ts';
import { copyFirmware, ovmf, ovmfSecure } from './firmware.ts';
import type { GuestAddress } from './guest.ts';
import { journalCredentials } from './journal.ts';
import { processorStates, qmp, saveScreen } from './qmp.ts';

export interface PowerOnOptions extends Omit<MachineOptions, 'sshPort' | 'ovmfCode' | 'sockets'> {
  /** The user to log in as. Only root's key is passed by a credential. */
  user: string;
  privateKeyPath: string;
}

/** A machine that was switched on. */
export interface Running {
  address: GuestAddress;
  accelerator: MachineOptions['accelerator'];
  /** Milliseconds since 1970. */
  started: number;
  /** Settles when QEMU has ended. */
  ended: Promise<unknown>;
  /** Where QEMU takes commands. */
  monitorSocket: string;
  /** Where QEMU's guest agent answers. */
  agentSocket?: string;
  screenshot(path: string): Promise<void>;
  /**
   * Saves screen.png beside the logs, and returns each processor's state on a line; as far as QEMU still
   * answers.
   */
  captureState(): Promise<string>;
  /** Presses the power button and waits until the machine is off; BOOT_FAILED when it stays on. */
  powerOff(): Promise<void>;
  /** Pulls the plug, unless it is off. */
  stop(): Promise<void>;
}

/** Emulation on a busy machine takes minutes where KVM takes seconds. */
const powerOffSeconds = { kvm: 90, tcg: 300 };

/** Starts a machine and waits for nothing. */
export async function powerOn(options: PowerOnOptions): Promise<Running> {
  return inNewFolder('vm', (sockets, remove) => powerOnWith({ path: sockets, remove }, options));
}

async function powerOnWith(
  sockets: { path: string; remove(): Promise<void> },
  options: PowerOnOptions,
): Promise<Running> {
  const { folder, accelerator, user, privateKeyPath } = options;
  // QEMU empties them a little later: until then a repeated attempt would be judged by the logs of the one
  // before.
  for (const log of guestLogs) await writeAtomic(join(folder, log), '');
  const { serial = true, secureBoot } = options.shape ?? {};
  const firmware = secureBoot ? ovmfSecure : ovmf;
  if (options.firmware === 'uefi') await copyFirmware(folder, firmware);
  const shell = options.shell ? join(sockets.path, 'shell') : undefined;
  const address = { port: await freePort(), user, privateKeyPath, shell };
  const credentials = {
    ...(options.shell
      ? await shellCredentials()
      : user === 'root'
        ? { 'ssh.authorized_keys.root': await publicKeyOf(privateKeyPath) }
        : {}),
    ...(serial ? journalCredentials(options.credentials) : options.credentials),
  };
  const defaults = { credentials, sockets: sockets.path, sshPort: address.port, ovmfCode: firmware.code };
  const started = Date.now();
  const qemu = await startProcess(qemuArguments({ ...options, ...defaults }), join(folder, 'qemu.log'));
  const kill = () => qemu.kill();
  interrupted.addEventListener('abort', kill);
  const monitor = join(sockets.path, 'qmp');
  const screenshot = async (filename: string) => {
    await saveScreen(monitor, filename);
  };
  const captureState = async () => {
    await screenshot(join(folder, 'screen.png')).catch(() => {});
    return processorStates(monitor).catch(() => '');
  };
  const stop = async () => {
    qemu.kill();
    await qemu.ended;
    interrupted.removeEventListener('abort', kill);
    await sockets.remove();
  };
  return {
    address,
    accelerator,
    started,
    ended: qemu.ended,
    monitorSocket: monitor,
    agentSocket: options.guestAgent ? join(sockets.path, 'agent') : undefined,
    screenshot,
    captureState,
    async powerOff() {
      await qmp(monitor, [{ execute: 'system_powerdown' }]);
      const seconds = powerOffSeconds[accelerator];
      // The timer does not keep the process alive when the machine is off.
      const late = sleep(seconds * 1000, false, { ref: false });
      const off = await Promise.race([qemu.ended.then(() => true), late]);
      if (off) return stop();
      const processors = await captureState();
      await stop();
      const why = `still on ${seconds} s after its power button was pressed`;
      throw await bootFailedError(folder, why, processors);
    },
    stop,
  };
}

/** Makes a key pair and returns the private key's path. */
export async function makeKey(folder: string): Promise<string> {
  const key = join(folder, 'key');
  await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'ingot-test', '-f', key]);
  return key;
}

/** One line as in authorized_keys. */
export async function publicKeyOf(privateKeyPath: string): Promise<string> {
  return (await readText(`${privateKeyPath}.pub`)).trim();
}

/** A TCP port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
