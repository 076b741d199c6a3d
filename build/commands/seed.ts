import { resolve } from 'node:path';
import { assertNetworkConfig, isCompressed, readUserData } from '../formats/cloud/user-data.ts';
import { writeIso } from '../formats/disk/iso9660.ts';
import { nocloudSeed } from '../formats/disk/nocloud-seed.ts';
import { publicKeyLines, publicKeyProblem } from '../formats/text/authorized-keys.ts';
import { exists, readBytes, writeAtomic } from '../host/fs/files.ts';
import type { Progress } from '../host/progress.ts';
import { openStore } from '../host/store/store.ts';
import { type CloudInitFile, judgeByCloudInit, rootWithCloudInit } from '../inspect/cloud-init-schema.ts';
import { IngotError, within } from '../model/errors.ts';
import { hostNameProblem } from '../model/names.ts';
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
  async run(_args, { hostname, key = [], out, ...files }, progress) {
    if (!hostname || !key.length)
      throw new IngotError('USAGE', `no ${hostname ? 'key' : 'host name'} was given`, {
        hint: 'ingot seed --hostname <name> --key <file>',
      });
    const problem = hostNameProblem(hostname.toLowerCase());
    if (problem)
      throw new IngotError('USAGE', `"${hostname}" is not a host name: it ${problem}`, {
        hint: 'letters, digits and hyphens, at most 63, no hyphen at either end',
      });
    const publicKeys = (await Promise.all(key.map(readKeys))).flat();
    const [userData, networkConfig] = await Promise.all([files.userData, files.networkConfig].map(optional));
    const checkedByCloudInit = await judge({ userData, networkConfig }, files, progress);
    const path = resolve(out!);
    const seed = { hostname, publicKeys, userData: textOf(userData), networkConfig: textOf(networkConfig) };
    await writeAtomic(path, writeIso(nocloudSeed(seed)));
    return { text: path, json: { path, hostname, keys: publicKeys.length, checkedByCloudInit } };
  },
};

interface Given {
  userData?: Uint8Array;
  networkConfig?: Uint8Array;
}

/**
 * Refuses what cloud-init would ignore or not take: by its first lines, and then by the cloud-init of an
 * image in the store. Returns whether that was there to be asked.
 */
async function judge(
  { userData, networkConfig }: Given,
  paths: { userData?: string; networkConfig?: string },
  progress: Progress,
): Promise<boolean> {
  const files: CloudInitFile[] = [];
  const kind = userData && readUserData(userData, paths.userData!);
  const what = `user data ${paths.userData}`;
  if (userData && kind === 'cloud-config') files.push({ what, bytes: userData, type: 'cloud-config' });
  // Of a template, only the machine knows what is put into it.
  else if (kind && kind !== 'script') progress.note(`${what} are a ${kind}: what is in it was not checked`);
  if (networkConfig) {
    assertNetworkConfig(networkConfig, paths.networkConfig!);
    const what = `network configuration ${paths.networkConfig}`;
    files.push({ what, bytes: networkConfig, type: 'network-config' });
  }
  if (!files.length) return false;
  const unasked = (why: string) => {
    const names = files.map(({ what }) => what).join(' and ');
    progress.note(`${names}: not checked by cloud-init itself, ${why}`);
    return false;
  };
  if (process.getuid?.() !== 0) return unasked('which needs root');
  const store = await openStore();
  const root = await rootWithCloudInit(store);
  if (!root)
    return unasked('as the store has no image with it: ingot build nanite-server --target nocloud makes one');
  try {
    for (const file of files)
      for (const remark of await judgeByCloudInit(file, { root, store })) progress.note(remark);
    return true;
  } catch (error) {
    if (!(error instanceof IngotError) || error.code !== 'COMMAND_FAILED') throw error;
    return unasked(`which failed: ${error.message.trim().split('\n').at(-1)}`);
  }
}

/** Only public keys: a private one would be readable on the machine. */
async function readKeys(path: string): Promise<string[]> {
  const lines = publicKeyLines((await read(path)).toString());
  const problems = lines.map(publicKeyProblem).filter((problem) => problem !== undefined);
  if (lines.length && !problems.length) return lines;
  throw new IngotError(
    'USAGE',
    `${path} holds something other than public SSH keys: a line that ${problems[0] ?? 'has one is missing'}`,
    { hint: 'name the file that ends in .pub, or an authorized_keys file' },
  );
}

/** As text, unless it is compressed. */
function textOf(bytes: Buffer | undefined): string | Buffer | undefined {
  return bytes && isCompressed(bytes) ? bytes : bytes?.toString();
}

async function optional(path: string | undefined): Promise<Buffer | undefined> {
  return path === undefined ? undefined : read(path);
}

async function read(path: string): Promise<Buffer> {
  if (!(await exists(path))) throw new IngotError('USAGE', `${path} does not exist`);
  return readBytes(path).catch((error) => {
    // As of a folder, which the system's own message does not name.
    throw within(path, error);
  });
}
