import { expect, it } from 'vitest';
import { instance, run } from './fixture.ts';
import { startGce } from './gce.ts';

const google = { headers: { 'Metadata-Flavor': 'Google' } };
const root = '/computeMetadata/v1';

it('tells values, lists folders and gives whole folders as JSON', async () => {
  const { cloud, ask } = await run(startGce);
  const get = async (path: string) => (await ask(`GET ${root}${path}`, google)).body;
  expect(await get('/instance/id')).toBe(cloud.instanceId);
  expect(await get('/instance/hostname')).toBe('nanite.c.ingot.internal');
  expect(await get('/instance/attributes/')).toBe('ssh-keys\nuser-data\n');
  expect(await get('/instance/attributes/ssh-keys')).toBe(`debian:${instance.publicKey}`);
  expect(JSON.parse(await get('/instance/attributes/?recursive=True'))).toEqual({
    'ssh-keys': `debian:${instance.publicKey}`,
    'user-data': instance.userData,
  });
  expect(JSON.parse(await get('/?recursive=true'))).toMatchObject({
    instance: { networkInterfaces: { '0': { mtu: '1460' } }, attributes: { 'user-data': instance.userData } },
  });
});

it('names itself in every answer', async () => {
  const { ask } = await run(startGce);
  for (const options of [google, {}])
    for (const line of ['GET /', `GET ${root}/instance/id`, 'GET /nothing'])
      expect((await ask(line, options)).headers['metadata-flavor']).toBe('Google');
});

it.each([
  ['without its header', {}],
  ['with another one', { headers: { 'Metadata-Flavor': 'Other' } }],
  ['through a proxy', { headers: { 'Metadata-Flavor': 'Google', 'X-Forwarded-For': '203.0.113.1' } }],
])('refuses a request %s', async (_name, options) => {
  const { ask } = await run(startGce);
  expect((await ask(`GET ${root}/instance/id`, options)).status).toBe(403);
});

it('leads to the folder with its slash, and has nothing else', async () => {
  const { ask } = await run(startGce);
  const moved = await ask(`GET ${root}/instance`, google);
  expect([moved.status, moved.headers.location]).toEqual([301, `${root}/instance/`]);
  for (const path of ['/instance/nothing', '/instance/id/', '/../../latest/meta-data/'])
    expect((await ask(`GET ${root}${path}`, google)).status).toBe(404);
  expect((await ask(`POST ${root}/instance/id`, google)).status).toBe(405);
});

it('takes the host keys of the machine', async () => {
  const { cloud, ask } = await run(startGce);
  const line = `PUT ${root}/instance/guest-attributes/hostkeys/ssh-ed25519`;
  expect((await ask(line, { ...google, body: 'AAAAC3' })).status).toBe(200);
  expect(cloud.requests().at(-1)?.body).toBe('AAAAC3');
  expect((await ask(line, { body: 'AAAAC3' })).status).toBe(403);
});
