import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('the settings are in force', async () => {
  const names = ['vm.swappiness', 'vm.page-cluster', 'vm.dirty_bytes', 'vm.nr_hugepages'];
  const values = await vm.guest.succeed(`sysctl --values ${names.join(' ')}`);
  expect(values.trim().split('\n')).toEqual(['100', '0', '268435456', '0']);
  const pages = await vm.guest.succeed('cat /sys/kernel/mm/transparent_hugepage/{enabled,defrag}');
  expect(pages).toContain('[always]');
  expect(pages).toContain('[defer+madvise]');
});
