import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readText } from '../host/fs/files.ts';

const script = fileURLToPath(new URL('channel-shell.sh', import.meta.url));

/** What a command came to, as SSH tells it. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Credentials of a unit that takes commands from a machine's channel; the image is not changed. */
export async function shellCredentials(): Promise<{ [name: string]: string }> {
  return {
    'ingot.shell': await readText(script),
    'systemd.extra-unit.ingot-shell.service': `[Unit]
Description=Commands from this machine's host
[Service]
ImportCredential=ingot.shell
Environment=HOME=/root
ExecStart=/bin/bash %d/ingot.shell
`,
    'systemd.unit-dropin.multi-user.target': '[Unit]\nWants=ingot-shell.service\n',
  };
}

/** Runs commands as root through the channel at a socket, once the machine answers there. */
export async function openShell(
  path: string,
  readySeconds = 10,
): Promise<{ run(command: string): Promise<Outcome>; close(): void }> {
  const socket = connect(path);
  const answers = new Map<string, (outcome: Outcome) => void>();
  const lost = new Promise<never>((_, reject) => {
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`the machine's channel ${path} was closed`)));
  });
  lost.catch(() => {});
  const lines = createInterface({ input: socket });
  lines.on('error', () => {});
  lines.on('line', (line) => {
    const [id, code, out, err] = line.trim().split(' ');
    // What an earlier connection asked is answered as well.
    answers.get(id!)?.({ code: Number(code), stdout: decode(out), stderr: decode(err) });
  });
  const run = async (command: string) => {
    const answer = ask(socket, command, answers);
    return Promise.race([answer, lost]);
  };
  const close = () => {
    lines.close();
    socket.destroy();
  };
  const ready = await Promise.race([
    run('true').then(() => true),
    sleep(readySeconds * 1000, false, { ref: false }),
  ]).catch(() => false);
  if (ready) return { run, close };
  close();
  throw new Error(`nothing answers at the machine's channel ${path}`);
}

function ask(
  socket: Socket,
  command: string,
  answers: Map<string, (outcome: Outcome) => void>,
): Promise<Outcome> {
  const id = randomUUID();
  return new Promise((resolve) => {
    answers.set(id, (outcome) => {
      answers.delete(id);
      resolve(outcome);
    });
    socket.write(`${id} ${Buffer.from(command).toString('base64')}\n`);
  });
}

/** An equals sign stands before each text, so that an empty one is there as well. */
function decode(field = '='): string {
  return Buffer.from(field.slice(1), 'base64').toString();
}
