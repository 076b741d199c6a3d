import { IngotError } from '../../model/errors.ts';

const blockBytes = 2048;

/**
 * Where each file's bytes are in an ISO, from what xorriso's `report_lba` prints: path → offset and size in
 * bytes.
 */
export function parseIsoExtents(report: string): Map<string, { start: number; size: number }> {
  const extents = new Map<string, { start: number; size: number }>();
  const ends = new Map<string, number>();
  const lines = report.matchAll(/^File data lba: *\d+ *, *(\d+) *, *(\d+) *, *(\d+) *, *'(.*)'$/gm);
  for (const [, lba, blocks, size, path] of lines) {
    const start = Number(lba);
    // A file over 4 GiB has several extents.
    if (extents.has(path!) && ends.get(path!) !== start)
      throw new IngotError('INPUT_INVALID', `the file ${path} of the ISO is in several places`);
    if (!extents.has(path!)) extents.set(path!, { start: start * blockBytes, size: Number(size) });
    ends.set(path!, start + Number(blocks));
  }
  return extents;
}
