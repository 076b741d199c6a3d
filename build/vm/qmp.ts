import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** Sends commands to QEMU's monitor socket, one after the other; throws with QEMU's own words. */
export async function qmp(
  socketPath: string,
  commands: { execute: string; arguments?: object }[],
): Promise<unknown[]> {
  const socket = connect(socketPath);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('QEMU closed its monitor');
      const message = JSON.parse(value) as { return?: unknown; error?: { desc: string } };
      if (message.error) throw new Error(`QEMU: ${message.error.desc}`);
      // Events and the greeting carry neither.
      if ('return' in message) return message.return;
    }
  };
  try {
    const results: unknown[] = [];
    for (const command of [{ execute: 'qmp_capabilities' }, ...commands]) {
      socket.write(`${JSON.stringify(command)}\n`);
      results.push(await answer());
    }
    return results.slice(1);
  } finally {
    socket.destroy();
  }
}

/** Saves the machine's screen as a PNG. */
export async function saveScreen(socketPath: string, filename: string): Promise<void> {
  await qmp(socketPath, [{ execute: 'screendump', arguments: { filename, format: 'png' } }]);
}

/**
 * Presses keys together on the machine's keyboard and lets them go, by QEMU's names of them: `meta_l`, `spc`.
 */
export async function pressKeys(socketPath: string, ...names: string[]): Promise<void> {
  const keys = names.map((data) => ({ type: 'qcode', data }));
  await qmp(socketPath, [{ execute: 'send-key', arguments: { keys } }]);
}

/** Where each processor is and how it is set, a line each as `RIP=… RFL=… CPL=0 … HLT=0`. */
export async function processorStates(socketPath: string): Promise<string> {
  const command = { 'command-line': 'info registers -a' };
  const [states] = await qmp(socketPath, [{ execute: 'human-monitor-command', arguments: command }]);
  return [...String(states).matchAll(/^[ER]IP=.*\S/gm)].join('\n');
}
