import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildTools, missingTools, requireTools, testTools } from './_host.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-path-'));
const before = process.env.PATH;
beforeAll(() => {
  process.env.PATH = `/no/such/folder:${folder}/a:${folder}/b`;
  for (const name of ['a', 'b']) mkdirSync(join(folder, name));
  for (const name of ['mmdebstrap', 'unshare']) symlinkSync('/bin/true', join(folder, 'a', name));
  for (const name of ['setpriv', 'tar']) symlinkSync('/bin/true', join(folder, 'b', name));
});
afterAll(() => {
  process.env.PATH = before;
  rmSync(folder, { recursive: true, force: true });
});

it('finds programs in any folder of PATH', async () => {
  expect(await missingTools(buildTools)).toEqual(['apt-ftparchive']);
  await expect(requireTools({ tar: 'tar', unshare: 'util-linux' })).resolves.toBeUndefined();
});

it('names every program that is missing, and the packages that have them', async () => {
  await expect(requireTools({ ...buildTools, ...testTools })).rejects.toMatchObject({
    code: 'HOST_TOOL_MISSING',
    message: 'the host has no apt-ftparchive, qemu-system-x86_64, qemu-img, cloud-localds, xz, bash',
    hint: 'npm run setup, or install the packages apt-utils qemu-system-x86 qemu-utils cloud-image-utils xz-utils bash',
  });
});
