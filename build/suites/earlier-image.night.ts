import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differingBytes } from '../host/fs/compare.ts';
import { convert, data, diskOf, overwrite, prepareTools, removeFolders } from './support/conversion.ts';

beforeAll(prepareTools);
afterAll(removeFolders);

describe.each(['qcow2 zstd', 'vmdk deflate'])('%s after an earlier one', (form) => {
  let [earlierDisk, disk, image, fromNothing] = ['', '', '', ''];

  beforeAll(async () => {
    earlierDisk = await diskOf(2 ** 27);
    disk = await diskOf(2 ** 27 + 2 ** 20);
    const path = join(disk, 'disk.raw');
    const compressible = Array.from({ length: 200_000 }, (_, line) => `line ${line}\n`).join('');
    for (const each of [join(earlierDisk, 'disk.raw'), path]) overwrite(each, 20 * 2 ** 20, compressible);
    image = await convert(form, earlierDisk);
    // Within a run of neighbours; where there was nothing; nothing where there was something; behind the earlier end.
    overwrite(path, 4 * 2 ** 20 + 70_000, 'changed');
    overwrite(path, 20 * 2 ** 20 + 200_000, 'changed');
    overwrite(path, 60 * 2 ** 20, data.subarray(0, 300_000));
    overwrite(path, 6 * 2 ** 20, Buffer.alloc(2 ** 17));
    overwrite(path, 2 ** 27 + 5000, 'more');
    fromNothing = await convert(form, disk);
  });

  it.each([
    ['intact', () => {}, /^$/],
    ['damaged', () => damage(image, 0.4), /^.*: made anew, for an earlier image did not help: /],
    ['written into', () => utimesSync(image, 1, 1), /^$/],
  ])('that is %s is the same as one from nothing', async (_what, change, noted) => {
    change();
    const earlier = { image, disk: earlierDisk, noted: [] as string[] };
    expect(await differingBytes(await convert(form, disk, { earlier }), fromNothing)).toBe(0);
    expect(earlier.noted.join('\n')).toMatch(noted);
  });
});

/** Changes bytes at a part of a file's length; its times tell nothing. */
function damage(path: string, part: number): void {
  const { size, atime, mtime } = statSync(path);
  overwrite(path, Math.floor(size * part), Buffer.alloc(64, 0xa5));
  utimesSync(path, atime, mtime);
}
