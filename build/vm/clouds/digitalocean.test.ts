import { expect, it } from 'vitest';
import { startDigitalOcean } from './digitalocean.ts';
import { instance, run } from './fixture.ts';

it('tells everything at once, or one value', async () => {
  const { cloud, ask } = await run(startDigitalOcean);
  const said = JSON.parse((await ask('GET /metadata/v1.json')).body);
  expect(said).toMatchObject({ hostname: 'nanite', public_keys: [instance.publicKey] });
  expect(String(said.droplet_id)).toBe(cloud.instanceId);
  expect((await ask('GET /metadata/v1/id')).body).toBe(cloud.instanceId);
  expect((await ask('GET /metadata/v1/')).body.split('\n')).toContain('public-keys');
  expect((await ask('GET /metadata/v1/user-data')).body).toBe(instance.userData);
});

it('has nothing else', async () => {
  const { ask } = await run(startDigitalOcean);
  for (const path of ['/metadata/v1/nothing', '/latest/meta-data/', '/metadata/v2.json'])
    expect((await ask(`GET ${path}`)).status).toBe(404);
  expect((await ask('POST /metadata/v1.json')).status).toBe(405);
});

it('has its id as serial number, and a config drive', async () => {
  const { cloud } = await run(startDigitalOcean);
  expect(cloud.qemu).toContain(
    `type=1,manufacturer=DigitalOcean,product=Droplet,serial=${cloud.instanceId},uuid=00000000-0000-4000-8000-000000000007`,
  );
  expect(cloud.qemu).toContain('ide-cd,bus=ide.1,drive=seed');
});
