import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run } from '../host/run/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-log-output-'));

beforeEach(() => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2M', 'none', folder]);
});
afterEach(() => {
  execFileSync('umount', ['--lazy', folder]);
  rmdirSync(folder);
});

it('a command with thousands of complaints is not kept waiting by a log on the disk that it has filled', async () => {
  // Whether the child is read on without our doing depends on what Node.js waits for when the log fails: so
  // many times.
  for (let time = 0; time < 20; time++) {
    const log = join(folder, `log-${time}`);
    const fill = `rm -f ${folder}/*; head -c 2000000 /dev/zero > ${folder}/filler`;
    const complain = 'seq 20000 | while read -r line; do echo "cannot write line $line" >&2; done';
    const command = run(['sh', '-c', `${fill}; ${complain}; exit 1`], { log });
    await expect(command).rejects.toMatchObject({ code: 'ENOSPC' });
  }
}, 60_000);
