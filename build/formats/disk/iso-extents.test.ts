import { expect, it } from 'vitest';
import { parseIsoExtents } from './iso-extents.ts';

const head = 'Report layout: xt , Startlba ,   Blocks , Filesize , ISO image path\n';

it('finds where files begin', () => {
  const report = `${head}File data lba:  0 ,     9270 ,   167534 , 343109632 , '/live/filesystem.squashfs'\n`;
  expect([...parseIsoExtents(report)]).toEqual([
    ['/live/filesystem.squashfs', { start: 9270 * 2048, size: 343109632 }],
  ]);
});

it('joins the extents of a large file, and refuses one with a gap', () => {
  const extent = (lba: number) => `File data lba:  1 , ${lba} , 10 , 99999 , '/models/models.erofs'\n`;
  expect(parseIsoExtents(head + extent(100) + extent(110)).get('/models/models.erofs')?.start).toBe(204800);
  expect(() => parseIsoExtents(head + extent(100) + extent(111))).toThrow('in several places');
});
