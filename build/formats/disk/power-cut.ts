import type { Random } from '../text/random.ts';
import type { Request } from './write-log.ts';

/** A piece of a disk that outlived a power cut. */
export type Piece = Pick<Request, 'offset' | 'length' | 'at'>;

export interface Aftermath {
  pieces: Piece[];
  /** Requests that were flushed, and are whole. */
  flushed: number;
  /** Of the others: how many are whole, torn or gone. */
  kept: number;
  torn: number;
  lost: number;
}

/** A disk's physical sector, in bytes, whatever size it tells of: the standard of disks since 2011. */
const sector = 4096;

/**
 * What is on a disk with a volatile cache after its power failed: all that it was told to flush, and of what
 * came after that any part. Each of these writes is there, or gone, or torn between two physical sectors;
 * none of those is torn itself, which XFS relies on: it mends blocks from its log by the sequence number in
 * the block's first bytes.
 */
export function afterPowerCut(requests: Request[], random: Random): Aftermath {
  const lastFlush = requests.findLastIndex(({ kind }) => kind === 'flush');
  const after: Aftermath = { pieces: [], flushed: 0, kept: 0, torn: 0, lost: 0 };
  for (const [index, { kind, offset, length, at, forced }] of requests.entries()) {
    // A discard promises nothing about what is read there later.
    if (kind !== 'write') continue;
    const whole = { offset, length, at };
    if (index < lastFlush || forced) {
      after.flushed++;
      after.pieces.push(whole);
      continue;
    }
    const fate = random.pick(['kept', 'kept', 'torn', 'lost'] as const);
    const border = Math.ceil((offset + 1) / sector) * sector;
    const borders = Math.ceil((offset + length - border) / sector);
    if (fate === 'lost' || (fate === 'torn' && borders < 1)) after.lost++;
    else if (fate === 'kept') {
      after.kept++;
      after.pieces.push(whole);
    } else {
      after.torn++;
      after.pieces.push({ ...whole, length: border + random.below(borders) * sector - offset });
    }
  }
  return after;
}
