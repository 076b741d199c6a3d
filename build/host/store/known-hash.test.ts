import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { sha256 } from '../../formats/text/canonical-json.ts';
import * as files from '../fs/files.ts';
import { knownHash } from './known-hash.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-known-hash-'));
const notes = mkdtempSync(join(tmpdir(), 'ingot-known-hash-'));
const path = join(folder, 'model.gguf');
const read = vi.spyOn(files, 'hashFile');
afterAll(() => [folder, notes].map((each) => rmSync(each, { recursive: true })));
beforeEach(() => {
  writeFileSync(path, 'one');
  read.mockClear();
});

it('reads a file once that stays as it is', async () => {
  await sleep(2100);
  for (const _ of [1, 2]) expect(await knownHash(path, notes)).toBe(sha256('one'));
  expect(read).toHaveBeenCalledTimes(1);
});

it('reads a file again that was written since, though its size and time are the same', async () => {
  utimesSync(path, 1e9, 1e9);
  await sleep(2100);
  await knownHash(path, notes);
  writeFileSync(path, 'two');
  utimesSync(path, 1e9, 1e9);
  expect(await knownHash(path, notes)).toBe(sha256('two'));
});

it('remembers nothing of a file that was written a moment ago', async () => {
  rmSync(notes, { recursive: true });
  await knownHash(path, notes);
  expect(() => readdirSync(notes)).toThrow('ENOENT');
});

it('reads the file where what it has noted is damaged', async () => {
  await sleep(2100);
  await knownHash(path, notes);
  for (const name of readdirSync(notes)) writeFileSync(join(notes, name), '{"identity":');
  expect(await knownHash(path, notes)).toBe(sha256('one'));
});
