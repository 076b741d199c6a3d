import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloudFacts } from '../formats/cloud/fixture.ts';
import { openstackFiles } from '../formats/cloud/openstack.ts';
import { repository } from '../host/fs/files.ts';

const check = join(repository, 'build/testdata/check-heat.py');
const text = openstackFiles(cloudFacts('openstack'))['heat.yaml'];

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

test("OpenStack's template is right by Heat's own engine, which finds every fault planted in it", () => {
  const spoilt = faults.map(([right, wrong]) =>
    text!.replace(new RegExp(`^( *.*)${right}`, 'm'), `$1${wrong}`),
  );
  const [own, ...found] = judgedByHeat([text!, ...spoilt]);
  expect(own).toBe('');
  expect(found).toEqual(faults.map(([, , problem]) => expect.stringContaining(problem)));
});

/** By Debian's own Python: another one on PATH would not have Heat. */
function judgedByHeat(texts: string[]): string[] {
  const input = JSON.stringify(texts);
  return JSON.parse(execFileSync('/usr/bin/python3', [check], { input, encoding: 'utf8', stdio: 'pipe' }));
}
