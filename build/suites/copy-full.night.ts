import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyHashed } from '../host/store/blobs.ts';

test('a copy whose last bytes do not fit fails, though the disk took a part of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ingot-copy-full-'));
  const from = join(folder, 'from');
  writeFileSync(from, Buffer.alloc(2 ** 21, 1));
  const small = join(folder, 'small');
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1536K,X-mount.mkdir', 'none', small]);
  try {
    await expect(copyHashed(from, join(small, 'to'))).rejects.toMatchObject({ code: 'ENOSPC' });
  } finally {
    execFileSync('umount', [small]);
    rmSync(folder, { recursive: true });
  }
});
