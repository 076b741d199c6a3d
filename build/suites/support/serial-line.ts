import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

/** A person at the first serial line of a machine: reads what it says, and types. */
export class SerialLine {
  private text = '';
  private readonly socket: Socket;
  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes) => {
      this.text += bytes.toString('latin1');
    });
    // A machine that is switched off resets it.
    socket.on('error', () => {});
  }

  /** Words by which QEMU offers the line at a path; the machine has no other serial port. */
  static words(path: string, log: string): string[] {
    const socket = `socket,id=line,path=${path},server=on,wait=off,logfile=${log}`;
    return ['-chardev', socket, '-serial', 'chardev:line'];
  }

  static async open(path: string): Promise<SerialLine> {
    for (let attempt = 0; ; attempt++) {
      const socket = connect(path);
      const opened = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      });
      if (opened) return new SerialLine(socket);
      if (attempt > 50) throw new Error(`nobody listens at ${path}`);
      await sleep(200);
    }
  }

  /** Waits until the machine has said something, and returns all up to there. */
  async expect(pattern: RegExp, seconds: number): Promise<string> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const said = stripVTControlCharacters(this.text);
      const found = pattern.exec(said);
      if (found) {
        this.text = said.slice(found.index + found[0].length);
        return said.slice(0, found.index + found[0].length);
      }
      if (Date.now() > end)
        throw new Error(`${pattern} was not said within ${seconds} s: ${said.slice(-1500)}`);
      await sleep(200);
    }
  }

  type(text: string): void {
    this.socket.write(text);
  }

  /** Answers a question. */
  async answer(question: RegExp, text: string, seconds = 300): Promise<string> {
    const said = await this.expect(question, seconds);
    this.type(`${text}\r`);
    return said;
  }

  close(): void {
    this.socket.destroy();
  }
}
