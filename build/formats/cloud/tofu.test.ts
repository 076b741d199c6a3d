import { parse } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import { digitaloceanFiles } from './digitalocean.ts';
import { cloudFacts } from './fixture.ts';
import { gceFiles } from './gce.ts';
import { hetznerFiles } from './hetzner.ts';

type Blocks = { [label: string]: { [name: string]: Block[] } };
type Block = { [key: string]: unknown };
interface Module {
  variable: { [name: string]: [{ type: string; default?: unknown }] };
  resource: Blocks;
  output: { tunnel: [{ value: string }] };
}

const files = { gce: gceFiles, digitalocean: digitaloceanFiles, hetzner: hetznerFiles };
type Cloud = keyof typeof files;

const textOf = (cloud: Cloud) => files[cloud](cloudFacts(cloud))['main.tf']!;
const moduleOf = async (cloud: Cloud) => (await parse('main.tf', textOf(cloud))) as unknown as Module;
const only = async (cloud: Cloud, type: string) =>
  Object.values((await moduleOf(cloud)).resource[type]!)[0]![0]!;

describe.each<Cloud>(['gce', 'digitalocean', 'hetzner'])('%s', (cloud) => {
  it('refers to nothing that is not there, and takes nothing that it does not use', async () => {
    const { variable, resource } = await moduleOf(cloud);
    const used = [...textOf(cloud).matchAll(/\bvar\.(\w+)/g)].map(([, name]) => name!);
    expect([...new Set(used)].sort()).toEqual(Object.keys(variable).sort());
    const made = Object.entries(resource).flatMap(([type, names]) =>
      Object.keys(names).map((n) => `${type}.${n}`),
    );
    const named = [...textOf(cloud).matchAll(/(?<!")\b((?:google|digitalocean|hcloud)_\w+\.\w+)\./g)];
    expect(named.length).toBeGreaterThan(1);
    expect(named.map(([, name]) => name).filter((name) => !made.includes(name!))).toEqual([]);
  });

  it('asks for the range that SSH may come from, and tells how the model is reached', async () => {
    const { variable, output } = await moduleOf(cloud);
    expect(variable.ssh_cidr![0]).not.toHaveProperty('default');
    expect(output.tunnel[0].value).toMatch(
      /^ssh -L 9931:127\.0\.0\.1:9931 debian@\$\{\w+\.server\.[\w.[\]]+\}$/,
    );
  });

  it('would not parse with a brace too few', async () => {
    await expect(parse('main.tf', textOf(cloud).replace('{', ''))).rejects.toThrow();
  });
});

it('Compute Engine has a network of its own, open for SSH alone', async () => {
  expect(await only('gce', 'google_compute_firewall')).toMatchObject({
    network: '${google_compute_network.own.id}',
    source_ranges: ['${var.ssh_cidr}'],
    allow: [{ protocol: 'tcp', ports: ['22'] }],
  });
  expect(await only('gce', 'google_compute_instance')).toMatchObject({
    network_interface: [{ network: '${google_compute_network.own.id}', nic_type: 'GVNIC' }],
    shielded_instance_config: [{ enable_secure_boot: false, enable_vtpm: true }],
  });
});

it('DigitalOcean lets in SSH alone and logs in by key', async () => {
  expect(await only('digitalocean', 'digitalocean_firewall')).toMatchObject({
    droplet_ids: ['${digitalocean_droplet.server.id}'],
    inbound_rule: [{ protocol: 'tcp', port_range: '22', source_addresses: ['${var.ssh_cidr}'] }],
  });
  expect(await only('digitalocean', 'digitalocean_droplet')).toMatchObject({
    ssh_keys: ['${var.ssh_key_fingerprint}'],
  });
});

it('Hetzner lets in SSH alone and logs in by key', async () => {
  expect(await only('hetzner', 'hcloud_firewall')).toMatchObject({
    rule: [{ direction: 'in', protocol: 'tcp', port: '22', source_ips: ['${var.ssh_cidr}'] }],
  });
  expect(await only('hetzner', 'hcloud_server')).toMatchObject({
    firewall_ids: ['${hcloud_firewall.ssh.id}'],
    ssh_keys: ['${var.ssh_key_name}'],
  });
});
