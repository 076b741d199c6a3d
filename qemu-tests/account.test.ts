import { expect, test } from 'vitest';
import { session, useGuest } from './guest.ts';

const vm = useGuest();
const options = session.feature('account').options as {
  name: string;
  groups: string[];
  sudo: boolean;
  shell: string;
  sshKeys: string[];
  passwordHash: string;
};
const { name, groups, sudo, shell, sshKeys, passwordHash } = options;

test('the user is there, with groups, home and shell', async () => {
  const entry = (await vm.guest.succeed(`getent passwd ${name}`)).trim().split(':');
  expect(entry.slice(5)).toEqual([`/home/${name}`, shell]);
  const member = (await vm.guest.succeed(`id --name --groups ${name}`)).trim().split(' ');
  expect(member).toEqual(expect.arrayContaining([name, ...groups]));
  expect((await vm.guest.succeed(`stat --format='%a %U' /home/${name}`)).trim()).toBe(`750 ${name}`);
});

test('the password is what was asked for, or none', async () => {
  const hash = (await vm.guest.succeed(`getent shadow ${name} | cut --delimiter=: --fields=2`)).trim();
  if (passwordHash) expect(hash).toBe(passwordHash);
  else expect(hash).toMatch(/^[!*]+$/);
  await vm.guest.fail('test -e /etc/account-password');
});

test('the keys are there for the user alone', async () => {
  const file = `/home/${name}/.ssh/authorized_keys`;
  if (!sshKeys.length) {
    await vm.guest.fail(`test -e ${file}`);
    return;
  }
  expect((await vm.guest.succeed(`cat ${file}`)).trim().split('\n')).toEqual(sshKeys);
  expect((await vm.guest.succeed(`stat --format='%a %U' ${file}`)).trim()).toBe(`600 ${name}`);
});

test('the rights are those asked for', async () => {
  const rights = await vm.guest.succeed(`sudo --list --other-user ${name} 2>&1 || true`);
  if (sudo) expect(rights).toMatch(passwordHash ? /\(ALL : ALL\) ALL/ : /NOPASSWD: ALL/);
  else expect(rights).toContain('not allowed');
});
