import { expect, it } from 'vitest';
import { parseYaml } from '../text/yaml.ts';
import { cloudFacts } from './fixture.ts';
import { openstackFiles } from './openstack.ts';

type Value = unknown;
interface Template {
  parameters: { [name: string]: { default?: Value } };
  resources: { [name: string]: { type: string; properties: { [name: string]: Value } } };
}

const facts = cloudFacts('openstack');
const { 'heat.yaml': text, 'upload.sh': upload } = openstackFiles(facts) as { [suffix: string]: string };
const template = parseYaml(text!, 'template') as Template;

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
