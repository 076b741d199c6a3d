import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { lastStageWith } from './last-stage.ts';
import { openStore } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-last-stage-'));
process.env.INGOT_STORE = folder;
afterAll(() => rmSync(folder, { recursive: true }));

it('finds the stage with a file that was used last, or none', async () => {
  const store = await openStore();
  expect(await lastStageWith(store, 'usr/bin/x')).toBeUndefined();
  for (const [id, file, time] of [
    ['a', 'x', 10],
    ['b', 'x', 30],
    ['c', 'x', 20],
    ['d', 'y', 40],
  ] as const) {
    mkdirSync(join(store.stage(id), 'usr/bin'), { recursive: true });
    writeFileSync(join(store.stage(id), 'usr/bin', file), '');
    utimesSync(store.stage(id), time, time);
  }
  expect(await lastStageWith(store, 'usr/bin/x')).toBe(store.stage('b'));
  expect(await lastStageWith(store, 'usr/bin/z')).toBeUndefined();
});
