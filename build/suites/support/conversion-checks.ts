import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { differingBytes } from '../../host/fs/compare.ts';
import { convert, diskOf, elsewhere } from './conversion.ts';

/** Google Compute Engine takes whole GiB only. */
export const bytesOf = (form: string) => (form.startsWith('gce') ? 2 ** 30 : 2 ** 26);

/** Tests of one form of a disk. */
export function sameWhereverItIsMade(form: string): void {
  let [one, two] = ['', ''];

  it('is the same from another folder, file system, time zone, processor count, and of a disk without holes', async () => {
    one = await convert(form, await diskOf(bytesOf(form)));
    await elsewhere(async () => {
      const disk = await diskOf(bytesOf(form), { parent: '/dev/shm', holes: false });
      two = await convert(form, disk, { parent: '/dev/shm' });
    });
    expect(await differingBytes(one, two)).toBe(0);
  });

  it('has its facts beside it, and nothing else', () => {
    const facts = JSON.parse(readFileSync(join(one, '../digest.json'), 'utf8'));
    expect(facts).toEqual({ size: statSync(one).size, sha256: sha256Of(one) });
    expect(execFileSync('ls', [join(one, '..')], { encoding: 'utf8' })).toBe('digest.json\nimage\n');
  });

  it('takes no more space than what it holds', () => {
    expect(statSync(one).blocks * 512).toBeLessThan(12 * 2 ** 20);
  });
}

export function sha256Of(path: string): string {
  return execFileSync('sha256sum', [path], { encoding: 'utf8' }).slice(0, 64);
}
