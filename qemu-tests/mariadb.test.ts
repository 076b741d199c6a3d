import { afterAll, beforeAll, expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();
const ask = (question: string) => `mariadb --batch --skip-column-names --execute "${question}"`;

beforeAll(async () => {
  await vm.guest.fail('systemctl is-enabled --quiet mariadb.service');
  await vm.guest.fail('systemctl is-active --quiet mariadb.service');
  await vm.guest.succeed('systemctl start mariadb.service');
}, 900_000);

afterAll(() => vm.guest.succeed('systemctl stop mariadb.service'));

test('a table is made, filled and asked, and outlives a restart of the database', async () => {
  await vm.guest.succeed(
    ask(
      'create database trial; create table trial.numbers (n int); insert into trial.numbers values (6), (7)',
    ),
  );
  await vm.guest.succeed('systemctl restart mariadb.service');
  const product = 'select exp(sum(log(n))) from trial.numbers';
  expect(Math.round(Number(await vm.guest.succeed(ask(product))))).toBe(42);
  await vm.guest.succeed(ask('drop database trial'));
});

test('the data are with those of the owner', async () => {
  expect((await vm.guest.succeed(ask('select @@datadir'))).trim()).toBe('/var/ai-data/mariadb/data/');
});

test('it listens on no network, and lets nobody in but root', async () => {
  expect((await vm.guest.succeed(ask('select @@skip_networking'))).trim()).toBe('1');
  const said = await vm.guest.fail('runuser -u nobody -- mariadb --user=root --execute "select 1" 2>&1');
  expect(said).toContain('ERROR 1698');
});

test('the unit is hardened', async () => {
  await vm.guest.succeed('systemd-analyze security --no-pager --threshold=30 mariadb.service > /dev/null');
});
