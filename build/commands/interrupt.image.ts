import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../host/store.ts';
import { buildDefaultImage, type DefaultImage } from '../testdata/default-image.ts';
import { suffixes } from '../testdata/delivered.ts';
import { startIngot } from '../testdata/ingot.ts';

/** All stages of a cold build in order, by their names in progress, and how far into each the signal comes. */
const stages: [name: string, milliseconds: number][] = [
  ['fetch tools', 200],
  ['tools', 4000],
  ['fetch image', 200],
  ['repo image', 30],
  ['packages image', 9000],
  ['root image', 500],
  ['hygiene image', 500],
  ['models image', 30],
  ['iso', 5000],
  ['attest iso', 30],
];

let image: DefaultImage;
let folder: string;

beforeAll(async () => {
  image = await buildDefaultImage();
  folder = await mkdtemp(join((await openStore()).folder, 'interrupt-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A build in another place, time zone, language and umask than the first one's. */
function start() {
  const env = { INGOT_STORE: join(folder, 'store'), TZ: 'Pacific/Kiritimati', LC_ALL: 'C', HOME: folder };
  return startIngot(['build', 'nanite-server', '--out', join(folder, 'out'), ...image.lock], env);
}

test.each(stages)('killed during "%s", it leaves nothing behind', async (stage, milliseconds) => {
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const build = start();
    await build.begins(stage);
    await sleep(milliseconds);
    build.child.kill(signal);
    const ended = await build.ended;
    if (signal === 'SIGINT')
      expect([ended.status, ended.stderr]).toEqual([130, expect.stringContaining('INTERRUPTED')]);
    else expect(ended.signal).toBe('SIGKILL');
    // It was this stage that was broken off: it began, and no other one after it.
    expect(ended.stderr.match(/"event":"begin","step":"([^"]+)"/g)?.at(-1)).toContain(stage);
    // The kernel takes half a second to undo a network namespace before its last process is gone.
    await expect.poll(() => processesNaming(folder), { timeout: 5000 }).toEqual([]);
    expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(folder);
    expect(finished()).toEqual([]);
    if (signal === 'SIGINT') expect(readdirSync(join(folder, 'store', 'temporary'))).toEqual([]);
  }
});

test('the same command again finishes, and the image and all beside it are the same byte for byte', async () => {
  const ended = await start().ended;
  expect(ended.status).toBe(0);
  const [built] = JSON.parse(ended.stdout);
  expect(built.record.sha256).toBe(image.sha256);
  for (const suffix of suffixes)
    expect(readFileSync(`${built.path}.${suffix}`, 'utf8')).toBe(
      readFileSync(`${image.path}.${suffix}`, 'utf8'),
    );
  expect(readdirSync(join(folder, 'store', 'temporary'))).toEqual([]);
});

function finished(): string[] {
  try {
    return readdirSync(join(folder, 'out'));
  } catch {
    return [];
  }
}

/** Command lines of all processes that name the folder, this one's children included. */
function processesNaming(path: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(path));
}
