/** Part of a disk that is all data or reads as zeros, in bytes. */
export interface Extent {
  start: number;
  length: number;
  zero: boolean;
}

/** Part of a disk, from byte `start` to before byte `end`. */
export interface Range {
  start: number;
  end: number;
}

/**
 * Cuts a disk into ranges that each hold about `share` bytes of data, however much of the disk is empty: work
 * on them takes about as long each. `extents` cover the disk in its order; every cut is at a whole `unit`.
 */
export function dataRanges(extents: Extent[], { unit, share }: { unit: number; share: number }): Range[] {
  const ranges: Range[] = [];
  let [start, held] = [0, 0];
  let end = 0;
  for (const extent of extents) {
    end = extent.start + extent.length;
    if (extent.zero) continue;
    for (let at = extent.start; at < end; ) {
      const border = Math.min(end, (Math.floor(at / unit) + 1) * unit);
      held += border - at;
      at = border;
      if (held < share || border % unit) continue;
      ranges.push({ start, end: border });
      [start, held] = [border, 0];
    }
  }
  if (start < end) ranges.push({ start, end });
  return ranges;
}
