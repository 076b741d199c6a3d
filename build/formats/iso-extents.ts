import { IngotError } from '../model/errors.ts';

const blockBytes = 2048;

/** Where each file's bytes begin in an ISO, from what xorriso's `report_lba` prints: path → offset in bytes. */
export function parseIsoExtents(report: string): Map<string, number> {
  const starts = new Map<string, number>();
  const ends = new Map<string, number>();
  const lines = report.matchAll(/^File data lba: *\d+ *, *(\d+) *, *(\d+) *, *\d+ *, *'(.*)'$/gm);
  for (const [, lba, blocks, path] of lines) {
    const start = Number(lba);
    // A file over 4 GiB has several extents.
    if (starts.has(path!) && ends.get(path!) !== start)
      throw new IngotError('INPUT_INVALID', `the file ${path} of the ISO is in several places`);
    if (!starts.has(path!)) starts.set(path!, start * blockBytes);
    ends.set(path!, start + Number(blocks));
  }
  return starts;
}
