import { expect, it } from 'vitest';
import { parseYaml } from '../../formats/text/yaml.ts';
import { instance, run } from './fixture.ts';
import { startHetzner } from './hetzner.ts';

it('tells everything at once as YAML, or one value', async () => {
  const { cloud, ask } = await run(startHetzner);
  const said = parseYaml((await ask('GET /hetzner/v1/metadata')).body, 'metadata') as {
    [name: string]: unknown;
  };
  expect(said).toMatchObject({ hostname: 'nanite', 'public-keys': [instance.publicKey] });
  expect(String(said['instance-id'])).toBe(cloud.instanceId);
  expect((await ask('GET /hetzner/v1/metadata/instance-id')).body).toBe(cloud.instanceId);
  expect((await ask('GET /hetzner/v1/metadata/private-networks')).body).toBe('[]\n');
  expect((await ask('GET /hetzner/v1/userdata')).body).toBe(instance.userData);
});

it('says 204 where the tenant gave no user data', async () => {
  const { ask } = await run((whole) => startHetzner({ ...whole, userData: '' }));
  expect((await ask('GET /hetzner/v1/userdata')).status).toBe(204);
});

it('has nothing else', async () => {
  const { ask } = await run(startHetzner);
  for (const path of ['/hetzner/v1/metadata/nothing', '/hetzner/v1/', '/latest/meta-data/'])
    expect((await ask(`GET ${path}`)).status).toBe(404);
  expect((await ask('POST /hetzner/v1/metadata')).status).toBe(405);
});

it('has its id as serial number', async () => {
  const { cloud } = await run(startHetzner);
  expect(cloud.qemu).toContain(
    `type=1,manufacturer=Hetzner,product=vServer,serial=${cloud.instanceId},uuid=00000000-0000-4000-8000-000000000007`,
  );
});
