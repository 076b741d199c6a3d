import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../host/store.ts';
import { buildDefaultImage, type DefaultImage } from '../testdata/default-image.ts';
import { startIngot } from '../testdata/ingot.ts';

/** Progress names of all stages that a cold build goes through, in order. */
const stages = [
  'fetch tools',
  'tools',
  'fetch image',
  'repo image',
  'packages image',
  'root image',
  'models image',
  'iso',
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

test.each(stages)('killed during "%s", it leaves nothing behind', async (stage) => {
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    const build = start();
    await build.begins(stage);
    // Some way into the stage, a different one each time but the same in every run.
    await sleep(100 + ((stages.indexOf(stage) * 137) % 700));
    build.child.kill(signal);
    const ended = await build.ended;
    // A short stage, or all of the rest, may be over before the signal comes; then there is nothing to see.
    if (ended.status === 0) continue;
    if (signal === 'SIGINT')
      expect([ended.status, ended.stderr]).toEqual([130, expect.stringContaining('INTERRUPTED')]);
    else expect(ended.signal).toBe('SIGKILL');
    await sleep(200);
    expect(processesNaming(folder)).toEqual([]);
    expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(folder);
    expect(finished()).toEqual([]);
    if (signal === 'SIGINT') expect(readdirSync(join(folder, 'store', 'temporary'))).toEqual([]);
  }
});

test('the same command again finishes, and the image is the same byte for byte', async () => {
  const ended = await start().ended;
  expect(ended.status).toBe(0);
  const [built] = JSON.parse(ended.stdout);
  expect(built.record.sha256).toBe(image.sha256);
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
