import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parseYaml } from '../text/yaml.ts';
import { cloudFacts } from './fixture.ts';
import { openstackFiles } from './openstack.ts';

type Value = unknown;
interface Template {
  parameters: { [name: string]: { default?: Value } };
  resources: { [name: string]: { type: string; properties: { [name: string]: Value } } };
}

const check = fileURLToPath(new URL('../../testdata/check-heat.py', import.meta.url));
const facts = cloudFacts('openstack');
const { 'heat.yaml': text, 'upload.sh': upload } = openstackFiles(facts) as { [suffix: string]: string };
const template = parseYaml(text!, 'template') as Template;

const faults = [
  ['OS::Nova::Server', 'OS::Nova::Machine', 'The Resource Type (OS::Nova::Machine) could not be found.'],
  ['key_name: {', 'key: {', 'Property error: resources.server.properties: Unknown Property key'],
  [
    'port_range_min',
    'port_min',
    'Property error: resources.ssh_only.properties.rules[0]: Unknown Property port_min',
  ],
  ['egress', 'outwards', '"outwards" is not an allowed value ["ingress", "egress"]'],
  ['get_resource: port', 'get_resource: ports', 'The specified reference "ports"'],
  ['outputs:', 'output:', 'The template section is invalid: output'],
] as const;

it("is right by Heat's own engine, which finds every fault planted in it", () => {
  const spoilt = faults.map(([right, wrong]) =>
    text!.replace(new RegExp(`^( *.*)${right}`, 'm'), `$1${wrong}`),
  );
  const [own, ...found] = judgedByHeat([text!, ...spoilt]);
  expect(own).toBe('');
  expect(found).toEqual(faults.map(([, , problem]) => expect.stringContaining(problem)));
}, 120_000);

it('refers to nothing that is not there', () => {
  const asked = (pattern: RegExp) => [...new Set([...text!.matchAll(pattern)].map(([, name]) => name))];
  expect(asked(/get_param: (\w+)/g).sort()).toEqual(Object.keys(template.parameters).sort());
  const resources = asked(/get_(?:resource: |attr: \[)(\w+)/g);
  expect(resources.filter((name) => !template.resources[name!])).toEqual([]);
});

it('lets in SSH from the given range only', () => {
  const rules = template.resources.ssh_only!.properties.rules as { direction: string }[];
  expect(rules.filter(({ direction }) => direction === 'ingress')).toEqual([
    {
      direction: 'ingress',
      ethertype: 'IPv4',
      protocol: 'tcp',
      port_range_min: 22,
      port_range_max: 22,
      remote_ip_prefix: { get_param: 'ssh_cidr' },
    },
  ]);
  expect(template.resources.port!.properties.security_groups).toEqual([{ get_resource: 'ssh_only' }]);
  expect(template.parameters.ssh_cidr).not.toHaveProperty('default');
});

it('asks for UEFI and virtio, and for as much disk and memory as it takes', () => {
  const properties = [...upload!.matchAll(/--property (\S+)/g)].map(([, pair]) => pair);
  expect(properties).toContain('hw_firmware_type=uefi');
  expect(properties).toContain('hw_disk_bus=virtio');
  expect(upload).toMatch(/--min-disk 4 --min-ram 6000 /);
  expect(upload).toContain('--disk-format qcow2 ');
  expect(openstackFiles({ ...facts, firmware: ['bios'] })['upload.sh']).not.toContain('uefi');
});

/** By Debian's own Python: another one on PATH would not have Heat. */
function judgedByHeat(texts: string[]): string[] {
  const input = JSON.stringify(texts);
  return JSON.parse(execFileSync('/usr/bin/python3', [check], { input, encoding: 'utf8', stdio: 'pipe' }));
}
