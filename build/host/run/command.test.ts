import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { type IngotError, toIngotError } from '../../model/errors.ts';
import { repository } from '../fs/files.ts';
import { run } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-command-'));
const log = join(folder, 'log');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const failure = (promise: Promise<string>) =>
  promise.then(
    () => undefined,
    (error: IngotError) => error,
  );

it('returns standard output, and nothing of standard error', async () => {
  expect(await run(['sh', '-c', 'echo out; echo err >&2'])).toBe('out\n');
});

it('hands every argument on as one word', async () => {
  expect(await run(['printf', '%s|', '$HOME', 'a b', "it's", '', '*'])).toBe("$HOME|a b|it's||*|");
});

it("runs nothing of the user's before the command", async () => {
  const home = join(folder, 'home');
  mkdirSync(home);
  for (const name of ['.bashrc', '.profile', '.zshenv'])
    writeFileSync(join(home, name), 'echo from the user\n');
  expect(await run(['echo', 'done'], { env: { HOME: home, PATH: '/usr/bin:/bin' } })).toBe('done\n');
});

it('tells what happened, the command, its status and time, the first and last lines and where all of them are', async () => {
  const script = 'seq -f "line %g" 30 >&2; echo out; exit 3';
  const error = await failure(run(['sh', '-c', script, 'a b'], { log }));
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => `line ${i + from}`).join('\n');
  expect(error).toMatchObject({
    code: 'COMMAND_FAILED',
    message: expect.stringMatching(
      /^command failed after \d\.\d s with exit status 3\n {2}sh -c ".*" "a b"\n/,
    ),
    hint: `the full log is ${log}`,
  });
  const output = `${lines(1, 5)}\n… 5 lines left out …\n${lines(11, 30)}`;
  expect(error!.message.endsWith(`"a b"\n${output}`)).toBe(true);
  expect(error!.cause).toMatch(/out\n.*line 1\n.*line 30\n/s);
  expect(readFileSync(log, 'utf8').split('\n').sort()).toEqual(
    ['', 'out', ...Array.from({ length: 30 }, (_, i) => `line ${i + 1}`)].sort(),
  );
});

it('shows standard output where a tool complains there', async () => {
  const error = await failure(run(['sh', '-c', 'echo "no such suite"; exit 1']));
  expect(error?.message.split('\n').at(-1)).toBe('no such suite');
});

it('names the signal that ended a command', async () => {
  expect((await failure(run(['sh', '-c', 'kill -SEGV $$'])))?.message).toMatch(/with killed by SIGSEGV\n/);
});

it('says which program is not there', async () => {
  const env = { PATH: '/usr/bin:/bin' };
  expect(await failure(run(['no-such-program'], { env }))).toMatchObject({
    code: 'COMMAND_FAILED',
    message: expect.stringContaining('no-such-program: not found'),
  });
});

it('adds to the log, so that one stage has one', async () => {
  const both = join(folder, 'both');
  await run(['echo', 'one'], { log: both });
  await run(['echo', 'two'], { log: both });
  expect(readFileSync(both, 'utf8')).toBe('one\ntwo\n');
});

it('calls a log on a full disk DISK_FULL', async () => {
  const error = await failure(run(['echo', 'words'], { log: '/dev/full' }));
  expect(toIngotError(error)).toMatchObject({ code: 'DISK_FULL' });
});

it.each<[string, string | Readable, string]>([
  ['a text', 'some text', 'some text'],
  ['a stream', Readable.from([Buffer.alloc(1_000_000, 'x'), 'end']), `${'x'.repeat(1_000_000)}end`],
])('feeds %s to standard input', async (_what, input, expected) => {
  expect(await run(['cat'], { input })).toBe(expected);
});

it('gives an empty standard input otherwise', async () => {
  expect(await run(['cat'])).toBe('');
});

it('reports the status of a command that ends before it has read its input', async () => {
  const input = Readable.from(Array(100).fill(Buffer.alloc(100_000)));
  expect((await failure(run(['sh', '-c', 'exit 4'], { input })))?.message).toContain('exit status 4');
});

it('runs in the folder and with the environment that it is given, and no other', async () => {
  const env = { PATH: process.env.PATH!, ONLY: 'this' };
  expect(await run(['pwd'], { cwd: folder })).toBe(`${folder}\n`);
  expect(await run(['sh', '-c', 'echo "$ONLY $HOME"'], { env })).toBe('this \n');
});

it('tells the reason when there are too few open files to start anything', async () => {
  const module = pathToFileURL(join(repository, 'build/host/run/command.ts')).href;
  const script = `import { spawnSync } from 'node:child_process';
import { run } from '${module}';
await run(['true']);
spawnSync('prlimit', ['--pid', String(process.pid), '--nofile=20']);
await run(['true']).catch((error) => console.log(error.code));`;
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '--eval', script];
  expect(await run(node, { cwd: repository })).toBe('EMFILE\n');
});
