import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { IngotError } from '../../model/errors.ts';

/** A TPM 2.0 that keeps its state in a folder, so that one machine has it at each of its starts. */
export interface Tpm {
  /** Words by which QEMU attaches it. */
  words: string[];
  stop(): Promise<void>;
}

/** Switches a TPM on. It ends with the machine, and is started again for the next start of it. */
export async function startTpm(folder: string): Promise<Tpm> {
  const state = join(folder, 'tpm');
  const socket = join(folder, 'tpm.socket');
  mkdirSync(state, { recursive: true });
  let stopped = false;
  let running: ChildProcess;
  const start = () => {
    const words = ['socket', '--tpm2', '--tpmstate', `dir=${state}`, '--ctrl', `type=unixio,path=${socket}`];
    running = spawn('swtpm', words, { stdio: 'ignore' });
    running.once('exit', () => stopped || start());
  };
  start();
  for (let tries = 0; !existsSync(socket); tries++) {
    if (tries > 100)
      throw new IngotError('HOST_TOOL_MISSING', 'swtpm does not start', {
        hint: 'npm run setup -- night installs it',
      });
    await sleep(100);
  }
  return {
    words: [
      ...['-chardev', `socket,id=tpm,path=${socket}`],
      ...['-tpmdev', 'emulator,id=tpm0,chardev=tpm', '-device', 'tpm-crb,tpmdev=tpm0'],
    ],
    async stop() {
      stopped = true;
      if (running.kill()) await once(running, 'exit');
    },
  };
}
