import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { distroOf } from '../distros/find.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import type { IngotError } from '../model/errors.ts';
import { resolvePackages } from './resolve-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'components-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a component that the mirror does not have is refused, though the package manager only warns', async () => {
  const debian = distroOf('forky');
  const question = {
    distro: { ...debian, keyring: { ...debian.keyring, path: folder } },
    questions: [['zstd']],
    askedBy: () => 'feature zram',
    base: 'forky',
    components: ['main', 'non-free-firmware'],
    mirror: { url: 'http://m.example/debian' },
    mirrorName: 'mirror http://m.example/debian (--mirror)',
    folder,
    root: folder,
    run: async () => {
      const release = 'Date: Fri, 30 Oct 2026 08:08:01 UTC\nComponents: main contrib\n';
      await writeFiles(folder, { 'state/lists/m.example_InRelease': release });
      return '';
    },
  };
  await expect(resolvePackages(question)).rejects.toThrow(
    expect.objectContaining({
      code: 'PACKAGE_UNKNOWN',
      message:
        'mirror http://m.example/debian (--mirror) has no component non-free-firmware of forky, only main, contrib',
      hint: expect.stringContaining('INGOT_DEBIAN_MIRROR'),
    }) as IngotError,
  );
});
