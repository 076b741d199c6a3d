import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();

test('the root is the medium below and memory above', async () => {
  expect(await vm.guest.succeed('findmnt --noheadings --output FSTYPE /')).toBe('overlay');
  expect(await vm.guest.succeed('findmnt --noheadings --output OPTIONS /run/live/medium')).toMatch(/^ro,/);
});

test('models are a read-only erofs of their own, outside the compressed root', async () => {
  const mount = await vm.guest.succeed('findmnt --noheadings --output FSTYPE,OPTIONS /usr/share/ai/models');
  expect(mount).toMatch(/^erofs\s+ro,/);
  await vm.guest.fail('touch /usr/share/ai/models/x');
  await vm.guest.succeed('! find /run/live/rootfs -name "*.gguf" | grep .');
  for (const model of session.record.models) {
    const sum = await vm.guest.succeed(`sha256sum < /usr/share/ai/models/${model.name}.gguf`);
    expect(sum.split(' ')[0]).toBe(model.sha256);
  }
});

test('the medium has no identity', async () => {
  expect((await vm.guest.succeed('cat /run/live/rootfs/*/etc/machine-id')).trim()).toBe('uninitialized');
  await vm.guest.succeed('! ls /run/live/rootfs/*/etc/ssh/ssh_host_* 2>/dev/null');
});

test('the volume label names recipe and version', async () => {
  const label = await vm.guest.succeed(
    'blkid --match-tag LABEL --output value $(findmnt --noheadings --output SOURCE /run/live/medium)',
  );
  expect(label).toBe(`${session.record.recipe.toUpperCase().replaceAll('-', '_')}_${session.record.version}`);
});
