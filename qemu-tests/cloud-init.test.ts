import { expect, test } from 'vitest';
import { userDataAddresses, userDataMark } from '../build/vm/clouds/user-data.ts';
import { record, session, useGuest } from './guest.ts';

const vm = useGuest();
const cloud = session.cloud!;
/** A first start that was cut off is begun again; whatever it did before is done a second time. */
const begunAgain = session.start > 1 && !session.before;
/** cloud-init's name of each source of metadata. */
const sources: { [cloud: string]: string } = {
  aws: 'ec2',
  azure: 'azure',
  gce: 'gce',
  openstack: 'openstack',
  'openstack-config-drive': 'configdrive',
  nocloud: 'nocloud',
  'nocloud-localds': 'nocloud',
  // A droplet has a drive as well, and DigitalOcean's own images look there first.
  digitalocean: 'configdrive',
  hetzner: 'hetzner',
};

test('cloud-init is done, without an error', async (context) => {
  // It ends with 2 for what it could recover from, which is looked at below.
  const said = await vm.guest.succeed('cloud-init status --wait --format=json || test $? = 2');
  const status = JSON.parse(said);
  record(context, { cloudInit: status.extended_status, recoverable: status.recoverable_errors });
  expect(status.status).toBe('done');
  expect(status.errors).toEqual([]);
  const recovered = Object.values<string[]>(status.recoverable_errors).flat();
  // What QEMU's DHCP cannot give, the emulator says of itself.
  const excused = (line: string) => cloud.complaints?.some((part) => line.includes(part));
  expect(recovered.filter((line) => !excused(line))).toEqual([]);
});

test("the machine took this cloud's metadata, and asks no other", async () => {
  const query = async (what: string) => (await vm.guest.succeed(`cloud-init query ${what}`)).trim();
  expect(await query('v1.instance_id')).toBe(cloud.instanceId);
  const used = await vm.guest.succeed('cat /run/cloud-init/result.json');
  expect(used.toLowerCase()).toContain(`datasource${sources[cloud.name]}`);
  const configured = await vm.guest.succeed(
    "grep -rh '^ *datasource_list' /etc/cloud /run/cloud-init || true",
  );
  const lists = configured
    .trim()
    .split('\n')
    .map(
      (line) =>
        /\[(.*)\]/
          .exec(line)?.[1]
          ?.split(',')
          .map((word) => word.trim()) ?? [],
    );
  const names = new Set(lists.flat().filter((name) => name !== 'None'));
  expect([...names].map((name) => name.toLowerCase())).toContain(sources[cloud.name]);
  expect(names.size).toBe(['openstack', 'digitalocean'].includes(session.record.platform) ? 2 : 1);
});

test('the key from the metadata let us in, and there is no other', async () => {
  // This connection is the proof that it does.
  const keys = await vm.guest.succeed(`cat /home/${session.address.user}/.ssh/authorized_keys`);
  expect(keys.match(/^\S*\s*ssh-ed25519 /gm)).toHaveLength(1);
  await vm.guest.succeed("! grep -v 'command=\\|^#\\|^$' /root/.ssh/authorized_keys");
});

test('the host name is the one from the metadata', async () => {
  const name = (await vm.guest.succeed('hostname')).trim();
  expect(name.split('.')[0]).toBe(cloud.hostname);
});

test(`user data were executed ${begunAgain ? 'to their end' : 'exactly once'}`, async () => {
  const lines = (await vm.guest.succeed(`cat ${userDataMark}`)).trim().split('\n');
  if (!begunAgain) expect(lines).toHaveLength(1);
  expect(lines.at(-1)).toContain(cloud.hostname);
});

test('user data find a network, the earliest of them as well', async () => {
  expect(await vm.guest.succeed(`cat ${userDataAddresses}`)).toMatch(/ UP +\d+\.\d+\.\d+\.\d+/);
});

if (cloud.mtu)
  test('the network is what the metadata say', async () => {
    const found = await vm.guest.succeed('ip -4 -json address show scope global');
    const cards = JSON.parse(found) as { mtu: number }[];
    expect(cards.map(({ mtu }) => mtu)).toEqual([cloud.mtu]);
  });

test('what cloud-init made is on the disk, and a note that says so', async () => {
  await vm.guest.waitUntilSucceeds('test -e /var/lib/cloud/instance/first-start-kept', 60);
});

if (session.has('inference'))
  test('the user is in the group that reaches the model by its socket', async () => {
    const { user } = session.feature('cloud-init').values;
    expect(await vm.guest.succeed(`id --name --groups ${user}`)).toMatch(/\bllama-server\b/);
  });

test('no account has a password', async () => {
  expect((await vm.guest.succeed("awk -F: '$2 !~ /^[!*]/ { print $1 }' /etc/shadow")).trim()).toBe('');
  await vm.guest.fail('sshd -T | grep -i -x "passwordauthentication yes"');
});

// Later, cloud-init asks for no more than whether it is the same machine.
if (session.start === 1)
  test('the cloud was asked as it wants to be asked', async (context) => {
    const asked = cloud.requests.map(({ method, path, status }) => `${method} ${path} ${status}`);
    record(context, { requests: asked.length });
    // What is not there, as other versions of the metadata, is answered by 404; a refusal has another number.
    const refused = asked.filter((line) => / (400|401|403|405|5\d\d)$/.test(line));
    expect(refused, refused.join('\n')).toEqual([]);
    if (cloud.name === 'aws') expect(asked).toContain('PUT /latest/api/token 200');
    if (cloud.name === 'azure')
      expect(cloud.requests.some(({ body }) => body.includes('<State>Ready</State>'))).toBe(true);
  });
