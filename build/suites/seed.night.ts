import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../host/store/store.ts';
import { startIngot } from '../testdata/ingot.ts';
import { buildDefaultImage } from './support/images.ts';

// What goes into a seed is read by the cloud-init of an image before it is written.
let folder: string;
beforeAll(async () => {
  await buildDefaultImage('nocloud');
  folder = mkdtempSync(join((await openStore()).folder, 'seed-'));
  const field = Buffer.concat([Buffer.from([0, 0, 0, 32]), Buffer.alloc(32, 7)]);
  const blob = Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), field]);
  writeFileSync(join(folder, 'key.pub'), `ssh-ed25519 ${blob.toString('base64')} me\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function seed(option: string, text: string) {
  const given = join(folder, 'given');
  writeFileSync(given, text);
  const out = join(folder, 'seed.iso');
  const names = ['--hostname', 'nanite', '--key', join(folder, 'key.pub'), '--out', out];
  return startIngot(['seed', ...names, option, given]).ended;
}

test.each([
  ['--user-data', '#cloud-config\npackages: [tmux]\n', ''],
  ['--user-data', '#cloud-config\napt_update: true\n', 'apt_update'],
  ['--network-config', 'version: 2\nethernets:\n  eth0: {addresses: [192.0.2.10/24]}\n', ''],
  ['--network-config', 'version: 1\nconfig:\n- {type: physical, name: eth0, subnets: [{type: dhcp}]}\n', ''],
])('takes %s %j, with what cloud-init remarks', async (option, text, remark) => {
  const { status, stdout, stderr } = await seed(option, text);
  expect([status, stderr]).toEqual([0, expect.stringContaining(remark)]);
  expect(JSON.parse(stdout)).toMatchObject({ checkedByCloudInit: true });
});

test('leaves a template to the machine, and says so', async () => {
  const text = '## template: jinja\n#cloud-config\nruncmd: [[echo, "{{ v1.region }}"]]\n';
  const { status, stdout, stderr } = await seed('--user-data', text);
  expect([status, stderr]).toEqual([0, expect.stringContaining('are a Jinja template')]);
  expect(JSON.parse(stdout)).toMatchObject({ checkedByCloudInit: false });
});

test.each([
  ['--user-data', '#cloud-config\nusers: 3\n', /users: 3 is not of type/],
  ['--user-data', '#cloud-config\nruncmd: echo\n', /runcmd: 'echo' is not of type 'array'/],
  ['--user-data', '#cloud-config\npakages: [tmux]\n', /'pakages' was unexpected/],
  ['--network-config', 'version: 2\nethernets: {eth0: {dhcp4: maybe}}\n', /'maybe' is not one of/],
  ['--network-config', 'version: 1\nconfig: {type: physical}\n', /config: .* is not of type 'array'/],
])('refuses %s %j in the words of cloud-init', async (option, text, says) => {
  const { status, stderr } = await seed(option, text);
  expect(status).toBe(3);
  expect(stderr).toMatch(/INPUT_INVALID.*cloud-init says: /);
  expect(stderr).toMatch(says);
});
