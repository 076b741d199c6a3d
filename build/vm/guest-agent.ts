import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const secondsToAnswer = 30;

/** Sends one command to QEMU's guest agent and returns its answer. */
export async function askAgent(socketPath: string, execute: string): Promise<unknown> {
  const socket = connect(socketPath);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    socket.destroy();
  }, secondsToAnswer * 1000);
  try {
    socket.write(`${JSON.stringify({ execute })}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(late ? `no answer in ${secondsToAnswer} s` : 'QEMU closed the channel');
    return JSON.parse(value);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}
