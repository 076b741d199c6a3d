import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Partition, parseGpt, partitionTypes, tableBytes } from '../formats/disk/gpt.ts';
import { excerpt } from '../formats/text/excerpt.ts';
import { fileSize } from '../host/fs/files.ts';
import { readHead } from '../host/fs/random-access.ts';
import { runInside } from '../host/run/sandbox.ts';
import { toIngotError } from '../model/errors.ts';

const check = fileURLToPath(new URL('check-partition.sh', import.meta.url));

/** What is wrong with the file systems of a raw disk that was unmounted as it should. */
export async function fileSystemProblems(disk: string, work: string, tools: string): Promise<string[]> {
  const partitions = parseGpt(await readHead(disk, tableBytes), await fileSize(disk), 'the disk');
  const problems: string[] = [];
  for (const partition of partitions) {
    const type = typeOf(partition);
    if (type !== 'root' && type !== 'esp' && type !== 'data') continue;
    const command = ['sh', '/inputs/check.sh', String(partition.start), String(partition.size), type];
    const inputs = { '/inputs/disk': disk, '/inputs/check.sh': check };
    await runInside({ tools, work, inputs, sourceDateEpoch: 1 }, command, {
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
  return name === 'root' || name === 'data' ? name : (partitionTypes[type] ?? type);
}
