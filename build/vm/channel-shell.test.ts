import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { openShell } from './channel-shell.ts';

const folder = mkdtempSync(join(tmpdir(), 'shell-'));
const path = join(folder, 'shell');
let stop = () => {};
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A machine that answers each command by one of `replies`, by the command's text. */
function machine(replies: { [command: string]: string }): Promise<void> {
  const server = createServer((socket) => {
    socket.write('an-earlier-id 0 = =\n');
    createInterface({ input: socket }).on('line', (line) => {
      const [id, command] = line.split(' ');
      const reply = replies[Buffer.from(command!, 'base64').toString()];
      if (reply) socket.write(`${id} ${reply}\n`);
    });
  });
  stop = () => server.close();
  return new Promise((resolve) => server.listen(path, resolve));
}

const text = (words: string) => `=${Buffer.from(words).toString('base64')}`;

it('runs commands through a channel with their outcomes, and says when nothing answers', async () => {
  await expect(openShell(path, 1)).rejects.toThrow('nothing answers');
  await machine({
    true: '0 = =',
    'echo "ä b"': `0 ${text('ä b\n')} =`,
    'false; x': `127 = ${text('x: not found\n')}`,
  });
  const shell = await openShell(path);
  expect(await shell.run('echo "ä b"')).toEqual({ code: 0, stdout: 'ä b\n', stderr: '' });
  expect(await shell.run('false; x')).toEqual({ code: 127, stdout: '', stderr: 'x: not found\n' });
  shell.close();
  stop();
  await machine({});
  await expect(openShell(path, 0.2)).rejects.toThrow('nothing answers');
});
