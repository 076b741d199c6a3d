import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { afterPowerCut } from '../formats/disk/power-cut.ts';
import { parseWriteLog } from '../formats/disk/write-log.ts';
import { randomFrom } from '../formats/text/random.ts';
import { replay, withReader } from '../host/fs/random-access.ts';
import { diskNode } from '../vm/disk-arguments.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

it("QEMU's own log of a disk gives back what was flushed, and not all of what was not", () => {
  const [disk, writeLog, after] = ['disk.qcow2', 'writes', 'after.raw'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', disk, '16M']);
  execFileSync('truncate', ['--size=16M', after]);
  execFileSync('truncate', ['--size=0', writeLog]);
  const [, node] = diskNode({ path: disk, format: 'qcow2', readOnly: false, writeLog });
  const unflushed = Array.from({ length: 60 }, (_, index) => `write -q -P 3 ${8192 + index * 64}k 64k`);
  const commands = [
    'write -q -P 1 4k 8k',
    'write -q -z 64k 4k',
    'discard -q 1M 1M',
    'flush',
    'write -q -P 2 1M 4k',
    'flush',
  ];
  // Closing flushes as well: so the end is cut off the log.
  const words = [...commands, ...unflushed].flatMap((command) => ['-c', command]);
  execFileSync('qemu-io', ['-t', 'writeback', ...words, `json:${node}`]);
  const all = withReader(writeLog, parseWriteLog);
  const requests = all.slice(0, all.findLastIndex(({ kind }) => kind === 'write') + 1);
  expect(requests.slice(0, 4).map(({ kind, offset, length }) => [kind, offset, length])).toEqual([
    ['write', 4096, 8192],
    ['write', 65536, 4096],
    ['discard', 2 ** 20, 2 ** 20],
    ['flush', 0, 0],
  ]);
  const { pieces, ...fates } = afterPowerCut(requests, randomFrom('x'));
  replay(writeLog, after, pieces);
  const bytes = readFileSync(after);
  expect(bytes.subarray(4096, 12288).every((byte) => byte === 1)).toBe(true);
  expect(bytes.subarray(2 ** 20, 2 ** 20 + 4096).every((byte) => byte === 2)).toBe(true);
  expect(fates.kept + fates.torn + fates.lost).toBe(60);
  const kept = bytes.subarray(8 * 2 ** 20, 8 * 2 ** 20 + 60 * 65536).filter((byte) => byte === 3).length;
  expect(kept).toBeGreaterThanOrEqual(fates.kept * 65536);
  expect(kept).toBeLessThanOrEqual((fates.kept + fates.torn) * 65536);
});
