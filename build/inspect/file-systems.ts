import { join } from 'node:path';
import { type Partition, parseGpt, partitionTypes, tableBytes } from '../formats/disk/gpt.ts';
import { excerpt } from '../formats/text/excerpt.ts';
import { fileSize } from '../host/fs/files.ts';
import { readHead } from '../host/fs/random-access.ts';
import { runInside } from '../host/run/sandbox.ts';
import { toIngotError } from '../model/errors.ts';

/** Each looks and repairs nothing; a status other than 0 is a finding. */
const checks: { [type: string]: string } = {
  esp: 'fsck.fat -n part',
  root: `
case $(blkid --output value --match-tag TYPE part) in
  xfs) xfs_repair -n part ;;
  ext4) e2fsck -fn part ;;
  *) echo "the root has no file system that is known" >&2; exit 1 ;;
esac`,
};

/** What is wrong with the file systems of a raw disk that was unmounted as it should. */
export async function fileSystemProblems(disk: string, work: string, tools: string): Promise<string[]> {
  const partitions = parseGpt(await readHead(disk, tableBytes), await fileSize(disk), 'the disk');
  const problems: string[] = [];
  for (const partition of partitions) {
    const script = checks[typeOf(partition)];
    if (!script) continue;
    const { start, size } = partition;
    const cut = `dd if=/inputs/disk of=part bs=1M iflag=skip_bytes,count_bytes skip=${start} count=${size} conv=sparse status=none`;
    const sandbox = { tools, work, inputs: { '/inputs/disk': disk }, sourceDateEpoch: 1 };
    await runInside(sandbox, ['sh', '-euc', `rm -f part\n${cut}\ntruncate --size=${size} part\n${script}`], {
      log: join(work, 'file-systems.log'),
    }).catch((error) => {
      const { message, cause } = toIngotError(error);
      problems.push(`file system of ${partition.name}: ${message}\n${excerpt(String(cause))}`);
    });
  }
  if (!partitions.some((partition) => typeOf(partition) === 'root')) problems.push('the disk has no root');
  return problems;
}

function typeOf({ name, type }: Partition): string {
  return name === 'root' ? 'root' : (partitionTypes[type] ?? type);
}
