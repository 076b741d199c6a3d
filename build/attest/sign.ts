import { basename, resolve } from 'node:path';
import { checksumsSuffix, type SignatureKind, signatureSuffixes } from '../formats/attest/sidecars.ts';
import { recogniseSigningKey, type SigningKey } from '../formats/attest/signing-key.ts';
import { askSecret, canAsk } from '../host/ask.ts';
import { exists, readText, writeAtomic } from '../host/fs/files.ts';
import type { Progress } from '../host/progress.ts';
import { runInside } from '../host/run/sandbox.ts';
import { openStore, type Store, withTemporary } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import { readArtifact } from '../project/artifact.ts';
import { toolsTree } from '../project/tools-tree.ts';

export interface KeyFile extends SigningKey {
  path: string;
}

/** What namespace of SSH signatures the ones of files are in, by OpenSSH's own convention. */
export const sshNamespace = 'file';

/**
 * Reads what kinds of keys these are, and refuses what could not be used later: nobody has to wait for a
 * build first.
 */
export async function readSigningKeys(paths: string[]): Promise<KeyFile[]> {
  const keys: KeyFile[] = [];
  for (const path of paths.map((name) => resolve(name))) {
    if (!(await exists(path))) throw new IngotError('USAGE', `key ${path} does not exist`);
    const key = recogniseSigningKey(await readText(path));
    if (!key)
      throw new IngotError('USAGE', `${path} is not a secret key of minisign or SSH`, {
        hint: 'name a secret key of minisign (minisign -G) or of SSH (ssh-keygen -t ed25519)',
      });
    await assertUsable(path, key);
    const other = keys.find(({ kind }) => kind === key.kind);
    if (other)
      throw new IngotError('USAGE', `${other.path} and ${path} are both keys of ${key.kind}`, {
        hint: 'there is one signature file for each kind; name one of them',
      });
    keys.push({ ...key, path });
  }
  return keys;
}

/**
 * Signs the SHA256SUMS beside an artifact, which covers all the rest; returns the paths of the signatures.
 */
export async function signArtifact(artifact: string, keys: KeyFile[], progress: Progress): Promise<string[]> {
  const record = await readArtifact(artifact);
  const sums = resolve(`${artifact}.${checksumsSuffix}`);
  if (!(await exists(sums)))
    throw new IngotError('INPUT_INVALID', `${sums} does not exist`, { hint: `ingot build ${record.recipe}` });
  const store = await openStore();
  const tools = await toolsTree(record, { store, progress });
  const signed: string[] = [];
  for (const key of keys) {
    const end = progress.begin('sign', `${basename(sums)} with ${key.kind}`);
    const path = `${sums}.${signatureSuffixes[key.kind]}`;
    const signature = await signers[key.kind]({ key, sums, tools, store }).catch((error) => {
      throw cannotSign(key, error);
    });
    await writeAtomic(path, signature);
    signed.push(path);
    end();
  }
  return signed;
}

interface Signing {
  key: KeyFile;
  sums: string;
  tools: string;
  store: Store;
}

const signers: { [kind in SignatureKind]: (signing: Signing) => Promise<string> } = {
  minisign: async ({ key, sums, tools, store }) => {
    const password = key.locked ? `${await askSecret(`password of ${key.path}: `)}\n` : undefined;
    return withTemporary(store, async (work) => {
      // The comment that is signed as well would hold the time.
      const comment = `file:${basename(sums)}`;
      const sign = 'minisign -S -q -s /inputs/key -m /inputs/sums -x signature -t "$1" >&2; cat signature';
      const inputs = { '/inputs/key': key.path, '/inputs/sums': sums };
      return runInside({ tools, work, inputs, sourceDateEpoch: 1 }, ['sh', '-euc', sign, 'sign', comment], {
        input: password,
      });
    });
  },
  ssh: async ({ key, sums, tools, store }) =>
    withTemporary(store, async (work) => {
      const agent = key.locked ? process.env.SSH_AUTH_SOCK : undefined;
      const inputs = {
        '/inputs/key': agent ? await publicHalf(key.path) : key.path,
        ...(agent ? { '/inputs/agent': agent } : {}),
      };
      const sign = ['ssh-keygen', '-Y', 'sign', '-q', '-n', sshNamespace, '-f', '/inputs/key'];
      return runInside(
        { tools, work, inputs, sourceDateEpoch: 1 },
        agent ? ['env', 'SSH_AUTH_SOCK=/inputs/agent', ...sign, '-U'] : sign,
        { input: await readText(sums) },
      );
    }),
};

/** The program's own last words say why; the command line around it tells nobody anything. */
function cannotSign(key: KeyFile, error: IngotError): Error {
  if (error.code !== 'COMMAND_FAILED') return error;
  const lines = String(error.cause).split(/\r?\n/);
  const words = lines
    .filter((line) => /\w/.test(line))
    .slice(-4)
    .join(' ');
  const hint = key.kind === 'ssh' && key.locked ? `ssh-add ${key.path}` : undefined;
  return new IngotError('COMMAND_FAILED', `${key.path} failed to sign: ${words}`, { hint, cause: error });
}

async function assertUsable(path: string, key: SigningKey): Promise<void> {
  if (!key.locked) return;
  if (key.kind === 'minisign' && !canAsk())
    throw new IngotError('USAGE', `the key ${path} has a password, and there is no terminal to ask for it`, {
      hint: 'run ingot sign in a terminal, or use a key without password (minisign -G -W)',
    });
  if (key.kind === 'ssh' && !(await exists(process.env.SSH_AUTH_SOCK ?? '')))
    throw new IngotError('USAGE', `the key ${path} needs an SSH agent, and SSH_AUTH_SOCK names none`, {
      hint: `ssh-add ${path}, or use a key without passphrase`,
    });
}

/** An agent is asked for a key by its public half, which lies beside the private one. */
async function publicHalf(path: string): Promise<string> {
  if (path.endsWith('.pub')) return path;
  if (await exists(`${path}.pub`)) return `${path}.pub`;
  throw new IngotError('USAGE', `the public half of ${path} is not beside it`, {
    hint: `ssh-keygen -y -f ${path} > ${path}.pub`,
  });
}
