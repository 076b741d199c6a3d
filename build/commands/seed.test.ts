import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { parseYaml } from '../formats/text/yaml.ts';
import { hashFile } from '../host/fs/files.ts';
import { withScratchFolder } from '../host/fs/scratch.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { createProgress } from '../host/progress.ts';
import { verb } from './seed.ts';

const publicKey = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(42)}x someone\n`;

/** Makes seeds in a folder that holds a public key, a private one, user data and a network. */
function withSeeds(
  work: (seed: (given: { [option: string]: string }) => Promise<unknown>, folder: string) => Promise<void>,
) {
  return withScratchFolder('seed', async (folder) => {
    // Without an image in it, cloud-init itself is not asked; see suites/seed.night.ts.
    vi.stubEnv('INGOT_STORE', join(folder, 'store'));
    await writeFiles(folder, {
      'key.pub': `# mine\n${publicKey}\n`,
      options: `restrict,command="echo \\"a b\\"" ${publicKey}`,
      cut: publicKey.replace('AAAA', ''),
      windows: '#!/bin/sh\r\necho\r\n',
      script: '#!/bin/sh\necho\n',
      eni: 'auto eth0\n',
      key: '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n',
      data: '#cloud-config\n',
      network: 'version: 2\nethernets: {}\n',
    });
    const file = (name?: string) => (name === undefined ? undefined : join(folder, name));
    const seed = async ({ hostname, key, out = 'seed.iso', ...files }: { [option: string]: string }) => {
      const [userData, networkConfig] = [files.userData, files.networkConfig].map(file);
      const options = { hostname, key: key ? [file(key)!] : [], userData, networkConfig, out: file(out) };
      return verb.run([], options, createProgress({ json: true }));
    };
    await work(seed, folder);
    vi.unstubAllEnvs();
  });
}

it('writes the same seed twice', () =>
  withSeeds(async (seed, folder) => {
    const { json } = (await seed({ hostname: 'nanite', key: 'key.pub' })) as { json: object };
    expect(json).toMatchObject({ hostname: 'nanite', keys: 1 });
    await seed({ hostname: 'nanite', key: 'key.pub', out: 'again.iso' });
    expect(await hashFile(join(folder, 'again.iso'))).toBe(await hashFile(join(folder, 'seed.iso')));
  }));

it('holds the network that is given', () =>
  withSeeds(async (seed, folder) => {
    await seed({ hostname: 'nanite', key: 'key.pub', networkConfig: 'network' });
    expect(readFileSync(join(folder, 'seed.iso'), 'latin1')).toContain('version: 2\nethernets: {}\n');
  }));

it('takes a line of an authorized_keys file with options as it is, and a script', () =>
  withSeeds(async (seed, folder) => {
    await seed({ hostname: 'nanite', key: 'options', userData: 'script' });
    const image = readFileSync(join(folder, 'seed.iso'), 'latin1');
    const metadata = parseYaml(/instance-id[^\0]*/.exec(image)![0], 'meta-data');
    expect(metadata).toMatchObject({
      'public-keys': [`restrict,command="echo \\"a b\\"" ${publicKey.trim()}`],
    });
    expect(image).toContain('#!/bin/sh\necho\n');
  }));

it.each([
  ['user data of Windows', { userData: 'windows' }, /user data .*windows has line ends of Windows/],
  [
    'a network that is for ifupdown',
    { networkConfig: 'eni' },
    /network configuration .*eni: cloud-init wants/,
  ],
])('refuses %s, and writes nothing', (_name, given, says) =>
  withSeeds(async (seed, folder) => {
    await expect(seed({ hostname: 'nanite', key: 'key.pub', ...given })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(says),
    });
    expect(existsSync(join(folder, 'seed.iso'))).toBe(false);
  }),
);

it.each([
  ['no host name', { key: 'key.pub' }, 'no host name was given'],
  ['no key', { hostname: 'nanite' }, 'no key was given'],
  ['a name that is none', { hostname: 'na nite', key: 'key.pub' }, '"na nite" is not a host name'],
  ['a private key', { hostname: 'nanite', key: 'key' }, 'something other than public SSH keys'],
  [
    'a key that was cut',
    { hostname: 'nanite', key: 'cut' },
    'a line that holds a key of type ssh-ed25519 that was cut',
  ],
  [
    'a name that means every machine',
    { hostname: 'localhost', key: 'key.pub' },
    '"localhost" is not a host name',
  ],
  ['a key that is not there', { hostname: 'nanite', key: 'none' }, 'does not exist'],
  ['data that is not there', { hostname: 'nanite', key: 'key.pub', userData: 'none' }, 'does not exist'],
  [
    'a network that is not there',
    { hostname: 'nanite', key: 'key.pub', networkConfig: 'none' },
    'none does not exist',
  ],
])('refuses %s', (_name, given, message) =>
  withSeeds(async (seed) => {
    await expect(seed(given)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(message),
    });
  }),
);
