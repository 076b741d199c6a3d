import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeTarOfFiles } from './tar-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-tar-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const epoch = 1767323045;
const large = join(folder, 'large');
writeFileSync(large, Buffer.alloc(900_001, 'x'));
const members = [
  { name: 'z.ovf', text: '<ä/>' },
  { name: 'a.vmdk', file: large },
];

it('writes ustar: the order asked for, one time, no owner', async () => {
  const to = join(folder, 'archive');
  await writeTarOfFiles(members, epoch, to);
  const listed = execFileSync('tar', ['-tvf', to, '--numeric-owner', '--utc'], { encoding: 'utf8' });
  expect(listed.replaceAll(/ +/g, ' ')).toBe(
    '-rw-r--r-- 0/0 5 2026-01-02 03:04 z.ovf\n-rw-r--r-- 0/0 900001 2026-01-02 03:04 a.vmdk\n',
  );
  expect(readFileSync(to).toString('latin1', 257, 265)).toBe('ustar\x0000');
  expect(execFileSync('tar', ['-xOf', to, 'a.vmdk']).equals(readFileSync(large))).toBe(true);
});

it('gives the same bytes each time', async () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  await writeTarOfFiles(members, epoch, one);
  writeFileSync(large, readFileSync(large));
  await writeTarOfFiles(members, epoch, two);
  expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
});

it('fails where a member is missing', async () => {
  const missing = [{ name: 'a', file: join(folder, 'missing') }];
  await expect(writeTarOfFiles(missing, epoch, join(folder, 'none'))).rejects.toThrow('ENOENT');
});
