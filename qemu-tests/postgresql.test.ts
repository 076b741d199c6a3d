import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();
const ask = (question: string) =>
  vm.guest.succeed(`runuser -u postgres -- psql --no-psqlrc -tAc "${question}"`);

test('the machine has made a database of its own, which answers', async () => {
  await vm.guest.waitUntilSucceeds('pg_lsclusters --no-header | grep -w online', 300);
  expect(await ask('select 6 * 7')).toBe('42');
  expect(await ask('show data_directory')).toMatch(/^\/var\/ai-data\/postgresql\//);
});

test('vectors are compared', async () => {
  await vm.guest.succeed('runuser -u postgres -- createdb vectors');
  const distance = "create extension vector; select '[1,2,3]'::vector <-> '[1,2,5]'::vector";
  const command = `runuser -u postgres -- psql --no-psqlrc -qtA --dbname vectors -c "${distance}"`;
  expect((await vm.guest.succeed(command)).trim()).toBe('2');
  await vm.guest.succeed('runuser -u postgres -- dropdb vectors');
});

test('it is reached by its socket alone, and by nobody else', async () => {
  expect(await ask('show listen_addresses')).toBe('');
  await vm.guest.fail('runuser -u nobody -- psql --dbname postgres -c "select 1"');
});

test('it goes after everything else when memory is short', async () => {
  const pid = (
    await vm.guest.succeed("systemctl show --value --property MainPID 'postgresql@*-main.service'")
  ).trim();
  expect(Number(await vm.guest.succeed(`cat /proc/${pid}/oom_score_adj`))).toBe(-900);
  expect(
    (
      await vm.guest.succeed("systemctl show --value --property MemoryMin 'postgresql@*-main.service'")
    ).trim(),
  ).toBe(String(256 * 2 ** 20));
});
