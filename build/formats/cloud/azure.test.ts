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
  expect(callsOf('resourceId', text).length).toBeGreaterThan(5);
  expect(callsOf('reference', text)).toHaveLength(1);
  expect(strays(text)).toEqual([]);
});

const address = "reference(resourceId('Microsoft.Network/publicIPAddresses', variables('name')))";
it.each([
  ['a name that all resources have', "reference(variables('name'))"],
  [
    'a type that no resource has',
    "reference(resourceId('Microsoft.Network/publicIPAddress', variables('name')))",
  ],
  ['another name', "reference(resourceId('Microsoft.Network/publicIPAddresses', 'address'))"],
  [
    'an id with a name too few',
    "reference(resourceId('Microsoft.Network/virtualNetworks/subnets', 'default'))",
  ],
])('%s is seen to refer to no resource', (_what, wrong) => {
  expect(text).toContain(address);
  expect(strays(text.replace(address, wrong))).not.toEqual([]);
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
    "[concat('ssh -L 9931:127.0.0.1:9931 ', parameters('userName'), '@', reference(resourceId('Microsoft.Network/publicIPAddresses', variables('name'))).ipAddress)]",
  );
});

/** References and ids that are not those of one resource of the template. */
function strays(text: string): string[] {
  const ids = template.resources.flatMap(({ type, name, properties }) => {
    const subnets = (properties.subnets ?? []) as { name: string }[];
    const own = name.slice(1, -1);
    return [`'${type}', ${own}`, ...subnets.map((subnet) => `'${type}/subnets', ${own}, '${subnet.name}'`)];
  });
  return [
    ...callsOf('resourceId', text).filter((given) => !ids.includes(given)),
    ...callsOf('reference', text).filter((given) => !ids.some((id) => given === `resourceId(${id})`)),
  ];
}

/** What each call of a function is given, with the calls within that. */
function callsOf(name: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`\\b${name}\\(`, 'g'))].map(({ 0: call, index }) => {
    const start = index + call.length;
    let end = start;
    for (let open = 1; open && end < text.length; end++) open += { '(': 1, ')': -1 }[text[end]!] ?? 0;
    return text.slice(start, end - 1);
  });
}
