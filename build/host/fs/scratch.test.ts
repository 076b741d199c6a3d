import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownName } from './owner.ts';
import { inNewFolder, withScratchFolder } from './scratch.ts';

/** A folder as a process leaves it that was killed; this one never was. */
const left = (owner: string) => mkdtempSync(join(tmpdir(), `ingot-${owner}-sample-`));
const dead = ownName().replace(/\.\d+\.\d+$/, '.4194303.1');

it('removes what dead processes left, and nothing of living ones or of others', async () => {
  const [gone, own, other] = [left(dead), left(ownName()), mkdtempSync(join(tmpdir(), 'ingot-sample-'))];
  writeFileSync(join(gone!, 'file'), 'x');
  await withScratchFolder('sample', async () => {});
  expect([gone, own, other].map((path) => existsSync(path!))).toEqual([false, true, true]);
  for (const path of [own, other]) rmSync(path!, { recursive: true });
});

it('a folder goes when its work fails, and else when it is done or its owner says so', async () => {
  const seen: string[] = [];
  const fails = inNewFolder('sample', async (folder) => {
    seen.push(folder);
    throw new Error('broken');
  });
  await expect(fails).rejects.toThrow('broken');
  await withScratchFolder('sample', async (folder) => seen.push(folder));
  const { folder, remove } = await inNewFolder('sample', async (folder, remove) => ({ folder, remove }));
  expect([...seen, folder].map((path) => existsSync(path))).toEqual([false, false, true]);
  await remove();
  expect(existsSync(folder)).toBe(false);
});
