/** One request that a machine sent to its disk, in order. */
export interface Request {
  kind: 'write' | 'flush' | 'discard';
  /** On the disk, in bytes. */
  offset: number;
  length: number;
  /** Where its data are in the log, in bytes. */
  at: number;
  /** On stable storage when it was answered. */
  forced: boolean;
}

const sector = 512;
const magic = 0x6a736677736872n;
const flags = { flush: 1n, forced: 2n, discard: 4n };

/**
 * Requests of a log in the form of Linux's dm-log-writes, as QEMU writes it: a sector that describes the log,
 * then for each request a sector that describes it and its data. What was being logged when the machine
 * stopped is not there.
 */
export function parseWriteLog(read: (offset: number, length: number) => Buffer, size: number): Request[] {
  const head = read(0, 32);
  // The description is written with the first flush.
  if (head.some((byte) => byte !== 0)) {
    if (head.readBigUInt64LE(0) !== magic || head.readBigUInt64LE(8) !== 1n)
      throw new Error('the file is not a log of writes');
    if (head.readUInt32LE(24) !== sector) throw new Error('the log of writes has another sector size');
  }
  const requests: Request[] = [];
  for (let at = sector; at + sector <= size; ) {
    const entry = read(at, 32);
    const [place, count, said] = [0, 8, 16].map((offset) => entry.readBigUInt64LE(offset)) as [
      bigint,
      bigint,
      bigint,
    ];
    if (count === 0n && said === 0n) break;
    const length = Number(count) * sector;
    const discard = Boolean(said & flags.discard);
    const data = discard ? 0 : length;
    if (at + sector + data > size) break;
    requests.push({
      kind: discard ? 'discard' : length ? 'write' : 'flush',
      offset: Number(place) * sector,
      length,
      at: at + sector,
      forced: Boolean(said & flags.forced),
    });
    at += sector + data;
  }
  return requests;
}
