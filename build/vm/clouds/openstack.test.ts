import { expect, it } from 'vitest';
import { instance, run } from './fixture.ts';
import { startConfigDrive, startOpenstack } from './openstack.ts';

it('lists its versions and serves the same files in each', async () => {
  const { cloud, ask } = await run(startOpenstack);
  const listed = (await ask('GET /openstack')).body.split('\n');
  expect(listed).toContain('2018-08-27');
  for (const version of listed) {
    const said = JSON.parse((await ask(`GET /openstack/${version}/meta_data.json`)).body);
    expect(said).toMatchObject({ uuid: cloud.instanceId, public_keys: { ingot: instance.publicKey } });
  }
  expect((await ask('GET /openstack/latest/user_data')).body).toBe(instance.userData);
  const { links } = JSON.parse((await ask('GET /openstack/latest/network_data.json')).body);
  expect(links[0].ethernet_mac_address).toBe('52:54:00:12:34:56');
});

it('answers as EC2 did first, without a token', async () => {
  const { cloud, ask } = await run(startOpenstack);
  expect((await ask('GET /latest/meta-data/instance-id')).body).toBe(cloud.instanceId);
  expect((await ask('GET /latest/meta-data/public-keys/')).body).toBe('0=ingot');
});

it('has nothing else', async () => {
  const { ask } = await run(startOpenstack);
  for (const path of [
    '/openstack/latest/vendor_data2.json',
    '/openstack/1999-01-01/meta_data.json',
    '/metadata/v1.json',
  ])
    expect((await ask(`GET ${path}`)).status).toBe(404);
  expect((await ask('POST /openstack/latest/password')).status).toBe(405);
});

it('needs no network for a config drive', async () => {
  const { cloud } = await run(startConfigDrive);
  expect(cloud.network).toEqual([]);
  expect(cloud.qemu).toContain('ide-cd,bus=ide.1,drive=seed');
  expect(cloud.qemu.join(' ')).toContain('product=OpenStack Nova');
});
