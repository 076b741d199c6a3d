import { parseGpt, tableBytes } from '../../formats/disk/gpt.ts';
import { afterPowerCut, type Piece } from '../../formats/disk/power-cut.ts';
import { parseWriteLog, type Request } from '../../formats/disk/write-log.ts';
import { type Random, randomFrom } from '../../formats/text/random.ts';
import { fileSize } from '../../host/fs/files.ts';
import { readHead, withReader } from '../../host/fs/random-access.ts';

/** What a power cut leaves of an installation. */
export interface Cut {
  /** How many of the requests the disk had got. */
  requests: number;
  /** `untouched`: the old disk; `unfinished`: nothing finds a system; `complete`: the new system, whole. */
  verdict: 'untouched' | 'unfinished' | 'complete' | 'broken';
  why?: string;
}

const mebibyte = 2 ** 20;
/** As the installer writes it. */
const marker = 'An installation on this disk was not finished.';
const markerPlace = 512 * 1024;

/**
 * Cuts the power of an installation, whose writes were logged, at random moments and close to its end, and
 * says what each leaves of the disk `before`.
 */
export async function cutInstallation(
  { before, log }: { before: string; log: string },
  { count, seed, deaf = false }: { count: number; seed: string; deaf?: boolean },
): Promise<Cut[]> {
  // A disk that hears no flush is what a program has that does not ask for any.
  const requests = withReader(log, parseWriteLog).filter(({ kind }) => !deaf || kind !== 'flush');
  const head = await readHead(before, mebibyte);
  const size = await fileSize(before);
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, number): Cut => {
    // A third of them in the last moments, where the disk becomes one that starts.
    const late = number % 3 === 0;
    const last = late ? requests.length - random.below(30) : random.below(requests.length);
    return cutAt(requests, last, { head, size, log, random });
  });
}

/** The first moment is before anything was asked of the disk. */
function cutAt(
  requests: Request[],
  last: number,
  { head, size, log, random }: { head: Buffer; size: number; log: string; random: Random },
): Cut {
  const had = requests.slice(0, last);
  if (!had.some(({ kind }) => kind !== 'flush')) return { requests: last, verdict: 'untouched' };
  const { pieces } = afterPowerCut(had, random);
  const after = headAfter(head, pieces, log);
  if (!tableOf(after, size)) {
    // The next installation takes the disk without being told its name again, or finds the old disk.
    const startsAgain = after.includes(marker, markerPlace) || after.equals(head);
    if (startsAgain) return { requests: last, verdict: 'unfinished' };
    return { requests: last, verdict: 'broken', why: 'nothing says that an installation was begun' };
  }
  // What finds the table starts what it names: nothing of that may be missing or still to come.
  const inTable = ({ offset }: Request) => offset < mebibyte || offset >= size - mebibyte;
  const whole = new Map(pieces.map(({ at, length }) => [at, length]));
  const content = requests.filter((request) => request.kind === 'write' && !inTable(request));
  const missing = content.filter(({ at, length }) => whole.get(at) !== length);
  if (!missing.length) return { requests: last, verdict: 'complete' };
  return { requests: last, verdict: 'broken', why: `${missing.length} writes are missing behind a table` };
}

function headAfter(head: Buffer, pieces: Piece[], log: string): Buffer {
  const after = Buffer.from(head);
  withReader(log, (read) => {
    for (const { at, offset, length } of pieces)
      if (offset < after.length) read(at, length).copy(after, offset);
  });
  return after;
}

/** The partitions that firmware and Linux find: both want the protective MBR, and a table that is whole. */
function tableOf(head: Buffer, size: number) {
  if (head[450] !== 0xee || head.readUInt16LE(510) !== 0xaa55) return;
  try {
    return parseGpt(head.subarray(0, tableBytes), size, 'the disk');
  } catch {
    return;
  }
}
