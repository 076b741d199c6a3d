import { afterAll, beforeAll, expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();
const ask = async (words: string) =>
  (await vm.guest.succeed(`valkey-cli -s /run/valkey/valkey.sock ${words}`)).trim();

beforeAll(async () => {
  await vm.guest.fail('systemctl is-enabled --quiet valkey-server.service');
  await vm.guest.fail('systemctl is-active --quiet valkey-server.service');
  await vm.guest.succeed('systemctl start valkey-server.service');
}, 300_000);

afterAll(() => vm.guest.succeed('systemctl stop valkey-server.service'));

test('a value is kept, and outlives a restart', async () => {
  expect(await ask('SET trial answer-42')).toBe('OK');
  expect(await ask('SAVE')).toBe('OK');
  await vm.guest.succeed('systemctl restart valkey-server.service');
  expect(await ask('GET trial')).toBe('answer-42');
  await vm.guest.succeed('test -s /var/ai-data/valkey/dump.rdb');
  expect(await ask('DEL trial')).toBe('1');
});

test('it listens on no network, and its socket is closed to others', async () => {
  expect((await ask('CONFIG GET port')).split('\n')).toEqual(['port', '0']);
  await vm.guest.fail('runuser -u nobody -- valkey-cli -s /run/valkey/valkey.sock PING');
});
