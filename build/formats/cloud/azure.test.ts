import { expect, it } from 'vitest';
import { type AzureResource, asAzureKnows } from '../../testdata/azure-api.ts';
import { azureFiles } from './azure.ts';
import { cloudFacts } from './fixture.ts';

interface Template {
  parameters: { [name: string]: { type: string; defaultValue?: unknown } };
  resources: AzureResource[];
  outputs: { tunnel: { value: string } };
}

const text = azureFiles(cloudFacts('azure'))['arm.json']!;
const template = JSON.parse(text) as Template;
const resource = (type: string) => template.resources.find((one) => one.type.endsWith(`/${type}`))!;

it.each(template.resources.map((one) => [one.type, one] as const))(
  "%s comes whole through Azure's own libraries",
  async (_type, { type, apiVersion, dependsOn, name, ...body }) => {
    expect(await asAzureKnows({ type, apiVersion, name, ...body })).toMatchObject(body);
  },
);

it.each<[string, string, (properties: { [name: string]: unknown }) => void]>([
  ['of a machine', 'virtualMachines', (p) => (p.hardwareProfil = { vmSize: 'a' })],
  [
    'deep in a machine',
    'virtualMachines',
    (p) => (p.osProfile = { linuxConfiguration: { noPassword: true } }),
  ],
  ['of a security group', 'networkSecurityGroups', (p) => (p.rules = [])],
  [
    'deep in a security group',
    'networkSecurityGroups',
    (p) => (p.securityRules = [{ name: 'ssh', properties: { destinationPort: '22' } }]),
  ],
])("a wrong name %s does not come through Azure's libraries", async (_what, type, spoil) => {
  const { properties, ...rest } = structuredClone(resource(type));
  spoil(properties);
  expect(await asAzureKnows({ ...rest, properties })).not.toMatchObject({ properties });
});

it("Azure's libraries know no wrong type", async () => {
  const wrong = { ...resource('virtualMachines'), type: 'Microsoft.Compute/virtualMachine' };
  await expect(asAzureKnows(wrong)).rejects.toThrow('know no Microsoft.Compute/virtualMachine');
});

it('refers to nothing that is not there', () => {
  const parameters = [...text.matchAll(/parameters\('(\w+)'\)/g)].map(([, name]) => name!);
  expect([...new Set(parameters)].sort()).toEqual(Object.keys(template.parameters).sort());
  const ids = [...text.matchAll(/resourceId\('([^']+?)(?:\/subnets)?'/g)].map(([, type]) => type!);
  const types = template.resources.map(({ type }) => type);
  expect(ids.filter((type) => !types.includes(type))).toEqual([]);
});

it('makes each resource after those that it names', () => {
  const made: string[] = [];
  for (const { type, dependsOn = [] } of template.resources) {
    for (const id of dependsOn) expect(made).toContain(/resourceId\('([^']+)'/.exec(id)![1]);
    made.push(type);
  }
});

it('lets in SSH from the given range only, with a key', () => {
  expect(resource('networkSecurityGroups').properties.securityRules).toMatchObject([
    {
      properties: {
        direction: 'Inbound',
        destinationPortRange: '22',
        sourceAddressPrefix: "[parameters('sshCidr')]",
      },
    },
  ]);
  expect(template.parameters.sshCidr).not.toHaveProperty('defaultValue');
  expect(resource('virtualMachines').properties).toMatchObject({
    osProfile: { linuxConfiguration: { disablePasswordAuthentication: true } },
  });
});

it('tells how the model is reached', () => {
  expect(template.outputs.tunnel.value).toBe(
    "[concat('ssh -L 9931:127.0.0.1:9931 ', parameters('userName'), '@', reference(variables('name')).ipAddress)]",
  );
});
