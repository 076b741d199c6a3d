import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatDuration } from '../formats/text/size.ts';
import { exists, hashFile, readText, repository } from '../host/fs/files.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { type FreshMachine, startFreshMachine } from './support/fresh-machine.ts';

let starting: Promise<FreshMachine> | undefined;
/** The one machine of all tests, started by the first; when it cannot be had, each of them says so. */
const fresh = () => (starting ??= timed('a clean Debian 13 with a clone', startFreshMachine));
afterAll(async () => (await starting?.catch(() => undefined))?.stop(), 600_000);

let before: Awaited<ReturnType<typeof traces>>;

test('the build command of the README makes an ISO', async () => {
  const machine = await fresh();
  before = await traces();
  const command = ['npm', 'run', 'build:iso'];
  expect(await readText(join(repository, 'README.md'))).toContain(command.join(' '));
  const commit = await machine.output(['git', 'log', '-1', '--format=%h %s']);
  let build = await timed(`${command.join(' ')} at ${commit}`, () => machine.run(command));
  if (build.exitCode === 4 && build.output.includes('LOCK_GONE'))
    build = await buildWithNewLock(build.output);
  if (build.exitCode !== 0) console.error(build.output);
  expect(build.exitCode).toBe(0);
});

test('the ISO and its record are delivered, and the record tells the truth', async () => {
  const machine = await fresh();
  const record = await readRecord();
  expect(record.file).toMatch(/^nanite-server-\d{8}-x86_64\.iso$/);
  const sums = `${record.file}.SHA256SUMS`;
  const listed = (await machine.output(['cut', '--delimiter= ', '--fields=3', `out/${sums}`])).split('\n');
  expect(listed).toContain(`${record.file}.json`);
  expect((await machine.output(['ls', 'out'])).split('\n').sort()).toEqual([...listed, sums].sort());
  await machine.output(['sh', '-c', `cd out && sha256sum --check --strict ${sums}`]);
  expect(await machine.output(['sha256sum', `out/${record.file}`])).toContain(record.sha256);
});

test('the same manifest built on this host has the same bytes', async () => {
  const record = await readRecord();
  const here = join(repository, 'out', record.file);
  const ours = (await exists(`${here}.json`)) ? JSON.parse(await readText(`${here}.json`)) : undefined;
  if (ours?.manifest !== record.manifest) {
    console.warn(
      `\n*** not compared: ${here} is not there, or of another manifest than ${record.manifest}\n`,
    );
    return;
  }
  expect(await hashFile(here)).toBe(record.sha256);
  console.info(`built on this host and in the container alike: sha256 ${record.sha256}`);
});

test('nothing stays mounted, running or half-done', async () => {
  const machine = await fresh();
  // A process that was told to end may take a moment.
  await expect.poll(traces, { timeout: 10_000 }).toEqual(before);
  expect(await machine.output(['ls', '/root/.cache/ingot/temporary'])).toBe('');
});

/**
 * The archive lacks packages of the committed lock: a new lock tests the code, and a note names the old one.
 */
async function buildWithNewLock(output: string) {
  const machine = await fresh();
  const lock = ['nanite-server', '--lock', '/root/scratch.lock.json'];
  const gone = output.split('\n').find((line) => line.includes('LOCK_GONE'));
  console.warn(`\n*** ${gone}\n*** the committed lock cannot be built any more; building with a new one\n`);
  await timed('lock', () => machine.output(['npm', 'run', 'ingot', '--', 'lock', ...lock]));
  return timed('build', () => machine.run(['npm', 'run', 'ingot', '--', 'build', ...lock]));
}

async function readRecord(): Promise<ArtifactRecord> {
  const machine = await fresh();
  return JSON.parse(await machine.output(['sh', '-c', 'cat out/*.iso.json']));
}

/** Mounts and processes of the container; the shell that looks is not counted. */
async function traces(): Promise<{ mounts: string; processes: string }> {
  const machine = await fresh();
  const list = 'for p in /proc/[0-9]*; do [ $p = /proc/$$ ] || { tr "\\0" " " < $p/cmdline; echo; }; done';
  const mounts = await machine.output(['cat', '/proc/self/mounts']);
  return { mounts, processes: await machine.output(['sh', '-c', list]) };
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  console.info(`${what} …`);
  const result = await work();
  console.info(`${what}: ${formatDuration(Date.now() - started)}`);
  return result;
}
