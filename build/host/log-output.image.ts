import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-log-output-'));

beforeEach(() => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2M', 'none', folder]);
});
afterEach(() => {
  execFileSync('umount', ['--lazy', folder]);
  rmdirSync(folder);
});

it('a command with thousands of complaints is not kept waiting by a log on the disk that it has filled', async () => {
  // find complains of every line that it cannot write, in a piece of its own.
  const script = `head -c 2000000 /dev/zero > ${folder}/filler; find / -xdev -printf '%P\\n' > ${folder}/list`;
  await expect(run(['sh', '-c', script], { log: join(folder, 'log') })).rejects.toMatchObject({
    code: 'ENOSPC',
  });
}, 60_000);
