import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('it tells of the memory, to the machine itself', async () => {
  await vm.guest.waitUntilSucceeds('curl --silent --fail http://127.0.0.1:9100/metrics > /run/metrics', 60);
  await vm.guest.succeed('grep --quiet "^node_memory_MemTotal_bytes " /run/metrics');
  expect(await vm.guest.succeed('ss --no-header --listening --tcp --numeric "sport = :9100"')).toMatch(
    / 127\.0\.0\.1:9100 /,
  );
});
