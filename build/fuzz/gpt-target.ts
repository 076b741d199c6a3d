import { parseGpt, partitionTypes, sectorBytes } from '../formats/disk/gpt.ts';
import { gptDiskBytes, gptHead, signGpt } from '../formats/disk/gpt-fixture.ts';
import { type FuzzTarget, Violation } from './judge.ts';
import { type ByteSeed, mutateBytes } from './mutate-bytes.ts';

const MiB = 1024 * 1024;
const types = Object.keys(partitionTypes);
const seeds: ByteSeed[] = [1, 2, 4].map((count) => {
  const partitions = Array.from({ length: count }, (_, index) => ({
    type: types[index]!,
    name: `part${index}`,
    start: (index + 1) * 4 * MiB,
    size: 3 * MiB,
  }));
  const inHeader = [24, 40, 48, 72].map((offset) => ({ offset: sectorBytes + offset, width: 8 as const }));
  const counts = [12, 80, 84].map((offset) => ({ offset: sectorBytes + offset, width: 4 as const }));
  const bounds = partitions.flatMap((_, index) =>
    [32, 40].map((at) => ({ offset: 2 * sectorBytes + index * 128 + at, width: 8 as const })),
  );
  return { bytes: gptHead(partitions), fields: [...inHeader, ...counts, ...bounds] };
});

/** Most inputs have checksums that are right, or nothing behind them would be tried. */
export const gpt: FuzzTarget = {
  name: 'gpt',
  input(random) {
    const bytes = mutateBytes(random, seeds);
    return random.once(4) ? bytes : signGpt(bytes);
  },
  check(input) {
    let end = 0;
    const found = parseGpt(input as Buffer, gptDiskBytes, 'x');
    for (const { start, size, type, name } of found.toSorted((a, b) => a.start - b.start)) {
      if (start < end || size < sectorBytes || !Number.isSafeInteger(start + size))
        throw new Violation(`a partition of ${size} bytes at ${start}, after ${end}`);
      end = start + size;
      if (end > gptDiskBytes) throw new Violation(`a partition ends at ${end}`);
      if (!/^[0-9a-f-]{36}$/.test(type) || name.includes('\0')) throw new Violation(`${type} ${name}`);
    }
  },
  refuses: { code: 'INPUT_INVALID', message: /^partition table of x: / },
};
