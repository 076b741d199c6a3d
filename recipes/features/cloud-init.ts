import { defineFeature } from '../../build/model/define.ts';
import { python } from './disk.ts';

const example = "example in cloud-init's documentation; the key opens nothing";

export default defineFeature({
  name: 'cloud-init',
  summary: 'takes users, keys and host name from the metadata of one cloud',
  requirements: ['BLD-03'],
  everyStart: true,
  options: {
    datasource: {
      description: "cloud-init's name of the metadata's source",
      type: 'string',
      default: 'NoCloud',
      enum: ['NoCloud', 'Ec2', 'Azure', 'GCE', 'OpenStack', 'DigitalOcean', 'Hetzner'],
    },
    user: {
      description: 'user who gets the keys if the metadata names no user',
      type: 'string',
      default: 'ingot',
      format: 'user-name',
    },
  },
  hygiene: {
    setUid: { 'usr/bin/sudo': 'becoming root, by the rules in sudoers' },
    publishedKeys: {
      'usr/share/doc/cloud-init/examples/cloud-config-ansible-managed.txt': example,
      'usr/share/doc/cloud-init/examples/cloud-config-chef-oneiric.txt': example,
      'usr/share/doc/cloud-init/examples/cloud-config-chef.txt': example,
      'usr/share/doc/cloud-init/examples/cloud-config-ssh-keys.txt': example,
      'usr/share/doc/cloud-init/examples/cloud-config.txt': example,
      'usr/lib/python3/dist-packages/cryptography/hazmat/primitives/serialization/ssh.py':
        'python3-cryptography names the first line of such files',
    },
    generated: python,
  },
  effect: ({ datasource, user }, { features }) => ({
    metadata: { sources: sourcesOf(String(datasource)), user: String(user) },
    values: {
      datasources: sourcesOf(String(datasource)).join(', '),
      user: String(user),
      userInYaml: yamlWord(String(user)),
      groups: features.inference ? 'sudo, llama-server' : 'sudo',
      // With these, a network may have no DHCP. The others' has it, which tells all that a machine needs to
      // know.
      network: ['NoCloud', 'OpenStack'].includes(String(datasource)) ? '' : 'network: {config: disabled}',
      // Reached without a way to the internet.
      timeServers: { Ec2: '169.254.169.123', GCE: '169.254.169.254' }[String(datasource)] ?? '',
    },
    enable: [
      'cloud-init-main.service',
      'cloud-init-local.service',
      'cloud-init-network.service',
      'cloud-config.service',
      'cloud-final.service',
    ],
    requires: ['ssh'],
    conflicts: ['console'],
  }),
});

/** Two clouds hand their metadata over by a drive as well. */
function sourcesOf(datasource: string): string[] {
  return ['OpenStack', 'DigitalOcean'].includes(datasource) ? ['ConfigDrive', datasource] : [datasource];
}

/** YAML 1.1 reads these words as true, false or nothing. */
function yamlWord(word: string): string {
  return /^(y|n|yes|no|on|off|true|false|null)$/.test(word) ? `"${word}"` : word;
}
