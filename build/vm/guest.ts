import { setTimeout as sleep } from 'node:timers/promises';
import { NodeSSH } from 'node-ssh';
import { shellWord } from '../formats/text/shell.ts';
import { throwIfInterrupted } from '../host/interrupt.ts';
import { type Outcome, openShell } from './channel-shell.ts';

/** How to log in to a running machine; plain data, so that another process can use it. */
export interface GuestAddress {
  port: number;
  user: string;
  privateKeyPath: string;
  /** Socket of the channel through which commands go where the machine has no SSH. */
  shell?: string;
}

/** A running machine seen through SSH, or through a channel where it has none. */
export interface Guest {
  /** Standard output of a command that must succeed, without white space around it. */
  succeed(command: string): Promise<string>;
  /** Output of a command that must fail. */
  fail(command: string): Promise<string>;
  /** Repeats a command until it succeeds; throws with its last words. */
  waitUntilSucceeds(command: string, seconds: number): Promise<string>;
  close(): void;
}

/** A guest may hang at any moment; no command of a test takes as long. */
const commandSeconds = 900;

/**
 * Connects to a machine that has accepted a connection before: its cloud-init may just be restarting sshd.
 */
export async function reconnectGuest(address: GuestAddress, limitSeconds = 60): Promise<Guest> {
  const end = Date.now() + limitSeconds * 1000;
  for (;;) {
    try {
      return await connectGuest(address);
    } catch (error) {
      throwIfInterrupted();
      if (Date.now() > end) throw error;
      await sleep(1000);
    }
  }
}

/**
 * Commands run as root, whatever user the machine accepts. One that gives no answer ends the connection and
 * is an error.
 */
export async function connectGuest(address: GuestAddress, limitSeconds = commandSeconds): Promise<Guest> {
  const { run: send, close } = address.shell ? await openShell(address.shell) : await openSsh(address);
  const run = async (command: string) => {
    const answered = new AbortController();
    const silent = sleep(limitSeconds * 1000, undefined, { signal: answered.signal }).then(() => {
      close();
      throw new Error(`in the guest, "${command}" gave no answer within ${limitSeconds} s`);
    });
    try {
      return await Promise.race([send(command), silent]);
    } finally {
      silent.catch(() => {});
      answered.abort();
    }
  };
  const words = ({ stdout, stderr }: { stdout: string; stderr: string }) => `${stdout}\n${stderr}`.trim();
  return {
    async succeed(command) {
      const result = await run(command);
      if (result.code !== 0)
        throw new Error(`in the guest, "${command}" ended with ${result.code}: ${words(result)}`);
      return result.stdout.trim();
    },
    async fail(command) {
      const result = await run(command);
      if (result.code === 0)
        throw new Error(`in the guest, "${command}" should have failed: ${words(result)}`);
      return words(result);
    },
    async waitUntilSucceeds(command, seconds) {
      const end = Date.now() + seconds * 1000;
      for (;;) {
        const result = await run(command);
        if (result.code === 0) return result.stdout.trim();
        if (Date.now() > end)
          throw new Error(`in the guest, "${command}" did not succeed within ${seconds} s: ${words(result)}`);
        await sleep(500);
      }
    },
    close,
  };
}

async function openSsh({
  port,
  user,
  privateKeyPath,
}: GuestAddress): Promise<{ run(command: string): Promise<Outcome>; close(): void }> {
  const ssh = new NodeSSH();
  await ssh.connect({ host: '127.0.0.1', port, username: user, privateKeyPath, readyTimeout: 60_000 });
  let lost: Error | undefined;
  // node-ssh listens only until a command is under way; a machine whose plug is pulled resets the connection
  // at any time.
  ssh.connection!.on('error', (error) => {
    lost = error;
  });
  const asRoot = (command: string) =>
    user === 'root' ? command : `sudo --non-interactive bash -c ${shellWord(command)}`;
  return {
    async run(command) {
      const result = await ssh.execCommand(asRoot(command));
      if (lost && result.code === null)
        throw new Error(`in the guest, "${command}" lost its connection: ${lost.message}`);
      return result;
    },
    close: () => ssh.dispose(),
  };
}
