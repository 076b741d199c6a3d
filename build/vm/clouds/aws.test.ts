import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startAws } from './aws.ts';
import { instance, run } from './fixture.ts';

const token = 'PUT /latest/api/token';
const seconds = (ttl: string) => ({ headers: { 'X-aws-ec2-metadata-token-ttl-seconds': ttl } });

async function withToken(ttl = '21600') {
  const { cloud, ask } = await run(startAws);
  const granted = await ask(token, seconds(ttl));
  const headers = { 'X-aws-ec2-metadata-token': granted.body };
  return { cloud, ask, granted, headers, get: (path: string) => ask(`GET ${path}`, { headers }) };
}

it('grants a token and reads with it', async () => {
  const { cloud, granted, get } = await withToken();
  expect(granted.status).toBe(200);
  expect(granted.headers['x-aws-ec2-metadata-token-ttl-seconds']).toBe('21600');
  expect((await get('/latest/meta-data/instance-id')).body).toBe(cloud.instanceId);
  expect((await get('/2021-03-23/meta-data/local-hostname')).body).toBe('nanite');
  expect((await get('/latest/meta-data/public-keys/')).body).toBe('0=ingot');
  expect((await get('/latest/meta-data/public-keys/0/openssh-key')).body).toBe(instance.publicKey);
  expect((await get('/latest/user-data')).body).toBe(instance.userData);
  const document = JSON.parse((await get('/latest/dynamic/instance-identity/document')).body);
  expect(document).toMatchObject({ instanceId: cloud.instanceId, region: 'eu-central-1' });
});

it('lists folders with a slash, down to the network card', async () => {
  const { get } = await withToken();
  expect((await get('/latest/meta-data/')).body.split('\n')).toContain('placement/');
  expect((await get('/latest/meta-data/network/interfaces/macs/')).body).toBe('52:54:00:12:34:56/');
  expect((await get('/')).body.split('\n')).toContain('latest');
});

it.each([
  ['no token', {}],
  ['an invented token', { headers: { 'X-aws-ec2-metadata-token': 'AQAEAinvented==' } }],
])('refuses to read with %s', async (_name, options) => {
  const { ask } = await run(startAws);
  for (const path of ['/', '/latest/meta-data/', '/latest/user-data', '/latest/nothing'])
    expect((await ask(`GET ${path}`, options)).status).toBe(401);
});

it('refuses a token after its time', async () => {
  const { get } = await withToken('1');
  expect((await get('/latest/meta-data/')).status).toBe(200);
  await sleep(1100);
  expect((await get('/latest/meta-data/')).status).toBe(401);
});

it.each(['0', '21601', '-1', '1.5', 'long', ''])('grants no token for %j seconds', async (ttl) => {
  const { ask } = await run(startAws);
  expect((await ask(token, seconds(ttl))).status).toBe(400);
});

it('grants no token without a time, to a proxy, or to a GET', async () => {
  const { ask } = await run(startAws);
  expect((await ask(token)).status).toBe(400);
  const forwarded = { headers: { ...seconds('60').headers, 'X-Forwarded-For': '203.0.113.1' } };
  expect((await ask(token, forwarded)).status).toBe(403);
  expect((await ask('GET /latest/api/token', seconds('60'))).status).toBe(405);
});

it('has nothing else', async () => {
  const { ask, get, headers } = await withToken();
  for (const path of [
    '/latest/meta-data/nothing',
    '/latest/meta-data/constructor',
    '/1999-01-01/meta-data/',
    '/latest/meta-data/instance-id/',
    '/computeMetadata/v1/',
  ])
    expect((await get(path)).status).toBe(404);
  expect((await ask('POST /latest/meta-data/', { headers })).status).toBe(405);
});

it('keeps what was asked', async () => {
  const { cloud, get } = await withToken();
  await get('/latest/nothing');
  const asked = cloud.requests().map(({ method, path, status }) => `${method} ${path} ${status}`);
  expect(asked).toEqual(['PUT /latest/api/token 200', 'GET /latest/nothing 404']);
});

it('is recognised by its DMI strings', async () => {
  const { cloud } = await run(startAws);
  expect(cloud.qemu).toContain(
    'type=1,manufacturer=Amazon EC2,product=t3.small,serial=ec200007-0000-4000-8000-000000000000,uuid=ec200007-0000-4000-8000-000000000000',
  );
});
