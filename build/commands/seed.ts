import { resolve } from 'node:path';
import { writeIso } from '../formats/disk/iso9660.ts';
import { nocloudSeed } from '../formats/disk/nocloud-seed.ts';
import { exists, readText, writeAtomic } from '../host/fs/files.ts';
import { IngotError } from '../model/errors.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'seed',
  summary: 'writes a small CD image with the host name and SSH keys, to start a cloud image without a cloud',
  arguments: [],
  options: [
    { flags: '--hostname <name>', description: 'name of the machine' },
    { flags: '--key <file>', description: 'public SSH key, or an authorized_keys file', several: true },
    {
      flags: '--user-data <file>',
      description: 'further work for cloud-init, as #cloud-config or a script',
    },
    {
      flags: '--network-config <file>',
      description: "addresses and routes instead of DHCP, as cloud-init's network config",
    },
    { flags: '--out <file>', description: 'the image to write', default: 'seed.iso' },
  ],
  examples: ['ingot seed --hostname nanite --key ~/.ssh/id_ed25519.pub --out seed.iso'],
  async run(_args, { hostname, key = [], out, ...files }) {
    if (!hostname || !key.length)
      throw new IngotError('USAGE', `no ${hostname ? 'key' : 'host name'} was given`, {
        hint: 'ingot seed --hostname <name> --key <file>',
      });
    if (!/^(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(hostname))
      throw new IngotError('USAGE', `"${hostname}" is not a host name`, {
        hint: 'letters, digits and hyphens, at most 63, no hyphen at either end',
      });
    const publicKeys = (await Promise.all(key.map(readKeys))).flat();
    const [userData, networkConfig] = await Promise.all([files.userData, files.networkConfig].map(optional));
    const path = resolve(out!);
    await writeAtomic(path, writeIso(nocloudSeed({ hostname, publicKeys, userData, networkConfig })));
    return { text: path, json: { path, hostname, keys: publicKeys.length } };
  },
};

/** Only public keys: a private one would be readable on the machine. */
async function readKeys(path: string): Promise<string[]> {
  const lines = (await read(path)).split(/\r?\n/).map((line) => line.trim());
  const keys = lines.filter((line) => line && !line.startsWith('#'));
  if (!keys.length || keys.some((line) => !/^(ssh|ecdsa|sk)-[\w@.-]+ [\w+/]+=*( |$)/.test(line)))
    throw new IngotError('USAGE', `${path} holds something other than public SSH keys`, {
      hint: 'name the file that ends in .pub',
    });
  return keys;
}

async function optional(path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : read(path);
}

async function read(path: string): Promise<string> {
  if (!(await exists(path))) throw new IngotError('USAGE', `${path} does not exist`);
  return readText(path);
}
