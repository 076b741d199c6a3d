import { expect, it } from 'vitest';
import { startAzure } from './azure.ts';
import { provisioningXml } from './azure-ovf.ts';
import { instance, run } from './fixture.ts';

const path = '/metadata/instance?api-version=2021-08-01';
const metadata = { headers: { Metadata: 'true' } };
const wire = { address: '168.63.129.16', headers: { 'x-ms-version': '2012-11-30' } };

it('tells the instance to who says that it wants metadata', async () => {
  const { cloud, ask } = await run(startAzure);
  const said = JSON.parse((await ask(`GET ${path}`, metadata)).body);
  expect(said.compute).toMatchObject({ vmId: cloud.instanceId, osProfile: { computerName: 'nanite' } });
  expect(said.compute.publicKeys[0].keyData).toBe(instance.publicKey);
  expect(said.network.interface[0].macAddress).toBe('525400123456');
  expect(said.extended).toBeUndefined();
  const more = JSON.parse((await ask(`GET ${path}&extended=true`, metadata)).body);
  expect(more.extended.compute.ppsType).toBe('None');
  const name = await ask('GET /metadata/instance/compute/name?api-version=2019-06-01&format=text', metadata);
  expect(name.body).toBe('nanite');
});

it.each([
  ['no header', path, {}],
  ['another header', path, { headers: { Metadata: 'false' } }],
  ['no version', '/metadata/instance', metadata],
  ['a version that is none', '/metadata/instance?api-version=1999-01-01', metadata],
  ['a proxy between', path, { headers: { Metadata: 'true', 'X-Forwarded-For': '203.0.113.1' } }],
  ['a leaf as JSON', '/metadata/instance/compute/name?api-version=2019-06-01', metadata],
])('refuses a request with %s', async (_name, asked, options) => {
  const { ask } = await run(startAzure);
  const { status, body } = await ask(`GET ${asked}`, options);
  expect(status).toBe(400);
  expect(JSON.parse(body).error).toMatch(/^Bad request/);
});

it('has nothing else', async () => {
  const { ask } = await run(startAzure);
  expect((await ask('GET /metadata/nothing?api-version=2021-08-01', metadata)).status).toBe(404);
  expect((await ask('GET /latest/meta-data/?api-version=2021-08-01', metadata)).status).toBe(404);
  expect((await ask(`POST ${path}`, metadata)).status).toBe(405);
});

it('hands out the goal state, and hears that the machine is ready', async () => {
  const { cloud, ask } = await run(startAzure);
  const goal = await ask('GET /machine/?comp=goalstate', wire);
  expect(goal.body).toContain(`<InstanceId>${cloud.instanceId}</InstanceId>`);
  const body = `<Health><InstanceId>${cloud.instanceId}</InstanceId><Health><State>Ready</State></Health></Health>`;
  expect((await ask('POST /machine?comp=health', { ...wire, body })).status).toBe(200);
  expect(cloud.requests().at(-1)).toMatchObject({ address: '168.63.129.16', method: 'POST', body });
});

it.each([
  ['GET /machine/?comp=goalstate', { address: wire.address }, 400],
  ['GET /machine/?comp=goalstate', { ...wire, headers: { 'x-ms-version': '1999-01-01' } }, 400],
  ['POST /machine?comp=health', { ...wire, body: '<Health/>' }, 400],
  ['GET /machine/?comp=nothing', wire, 404],
  ['GET /metadata/instance?api-version=2021-08-01', wire, 404],
])('refuses %s of the wire server when it is wrong', async (line, options, status) => {
  const { ask } = await run(startAzure);
  expect((await ask(line, options)).status).toBe(status);
});

it('writes what a tenant typed into the CD as text', () => {
  const xml = provisioningXml({ ...instance, publicKey: 'ssh-rsa AAAA <me> & you' });
  expect(xml).toContain('<ns1:Value>ssh-rsa AAAA &lt;me&gt; &amp; you</ns1:Value>');
  expect(xml).toContain(`<ns1:CustomData>${Buffer.from(instance.userData).toString('base64')}<`);
  expect(xml).toContain('<ns1:DisableSshPasswordAuthentication>true<');
});

it('is recognised by its chassis, and has a CD', async () => {
  const { cloud } = await run(startAzure);
  expect(cloud.qemu).toContain(
    'type=3,manufacturer=Microsoft Corporation,asset=7783-7084-3265-9085-8269-3286-77',
  );
  expect(cloud.qemu).toContain('ide-cd,bus=ide.1,drive=seed');
});
