import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Whether somebody is there to be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true;
}

/** Asks on the terminal for a line. */
export async function ask(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  asking.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await asking.question(question);
  } finally {
    asking.close();
  }
}

/** Asks on the terminal for something that must not be shown. */
export async function askSecret(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // In raw mode the terminal sends no signal by itself.
  asking.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await asking.question('');
  } finally {
    asking.close();
    process.stderr.write('\n');
  }
}
