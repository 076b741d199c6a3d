import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { writeFiles } from '../host/fs/write-files.ts';
import { findKernels } from './kernels.ts';

const root = mkdtempSync(join(tmpdir(), 'ingot-kernels-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

it.each([
  [
    'whose names hold the release',
    { image: 'boot/vmlinuz-*', initramfs: 'boot/initrd.img-*', config: 'boot/config-*', package: 'linux-*' },
    ['boot/vmlinuz-7.2', 'boot/vmlinuz-7.1', 'boot/config-7.3', 'boot/initrd.img-7.2'],
    {
      image: 'boot/vmlinuz-7.2',
      initramfs: 'boot/initrd.img-7.2',
      config: 'boot/config-7.2',
      package: 'linux-7.2',
    },
  ],
  [
    'in folders named by the release',
    {
      image: 'lib/modules/*/vmlinuz',
      initramfs: 'boot/i.img',
      config: 'lib/modules/*/config',
      package: 'linux',
    },
    ['lib/modules/7.1/vmlinuz', 'lib/modules/7.2/vmlinuz', 'lib/modules/7.3/other'],
    {
      image: 'lib/modules/7.2/vmlinuz',
      initramfs: 'boot/i.img',
      config: 'lib/modules/7.2/config',
      package: 'linux',
    },
  ],
])('finds kernels %s', async (_what, paths, files, last) => {
  await writeFiles(root, Object.fromEntries(files.map((path) => [path, ''])));
  const found = await findKernels(root, paths);
  expect(found.map(({ release }) => release)).toEqual(['7.1', '7.2']);
  expect(found.at(-1)).toEqual({ ...last, release: '7.2' });
});
