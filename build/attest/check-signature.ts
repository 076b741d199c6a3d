import { basename, resolve } from 'node:path';
import { type SignatureKind, signatureSuffixes } from '../formats/attest/sidecars.ts';
import { recognisePublicKey } from '../formats/attest/signing-key.ts';
import { exists, readText } from '../host/fs/files.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { runInside } from '../host/run/sandbox.ts';
import { makeScratch, type Store, withTemporary } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import { sshNamespace } from './sign.ts';

/** What signatures are verified with. */
export interface Verifiers {
  keys: { kind: SignatureKind; key: string; path: string }[];
  /** Path of an allowed_signers file, see ssh-keygen(1). */
  allowedSigners?: string;
}

/** Reads the public keys that the command line names. */
export async function readVerifiers(paths: string[] = [], allowedSigners?: string): Promise<Verifiers> {
  const signers = allowedSigners ? [['--allowed-signers', allowedSigners] as const] : [];
  for (const [option, path] of [...paths.map((path) => ['--key', path] as const), ...signers])
    if (!(await exists(path))) throw new IngotError('USAGE', `${option} ${path} does not exist`);
  const keys: Verifiers['keys'] = [];
  for (const path of paths) {
    const found = recognisePublicKey(await readText(path));
    if (!found)
      throw new IngotError('USAGE', `${path} is not a public key of minisign or SSH`, {
        hint: 'name the public half, such as minisign.pub or id_ed25519.pub',
      });
    keys.push({ ...found, path });
  }
  return { keys, ...(allowedSigners ? { allowedSigners: resolve(allowedSigners) } : {}) };
}

/** Which signatures lie beside a SHA256SUMS file. */
export async function presentSignatures(sums: string): Promise<SignatureKind[]> {
  const kinds = Object.keys(signatureSuffixes) as SignatureKind[];
  const there = await Promise.all(kinds.map((kind) => exists(signatureOf(sums, kind))));
  return kinds.filter((_, index) => there[index]);
}

/** Verifies a SHA256SUMS file with every key that was named; returns what is wrong. */
export async function checkSignatures(
  sums: string,
  verifiers: Verifiers,
  context: { tools: string; store: Store },
): Promise<string[]> {
  const problems: string[] = [];
  for (const { kind, key, path } of verifiers.keys) {
    const allowed = kind === 'ssh' ? `ingot ${key}\n` : key;
    problems.push(...(await verify(kind, { sums, allowed, by: path, ...context })));
  }
  if (verifiers.allowedSigners) {
    const allowed = await readText(verifiers.allowedSigners);
    problems.push(...(await verify('ssh', { sums, allowed, by: verifiers.allowedSigners, ...context })));
  }
  return problems;
}

interface Verification {
  sums: string;
  /** Public key of minisign, or an allowed_signers file, as text. */
  allowed: string;
  by: string;
  tools: string;
  store: Store;
}

async function verify(kind: SignatureKind, verification: Verification): Promise<string[]> {
  const { sums, allowed, by, tools, store } = verification;
  const signature = signatureOf(sums, kind);
  if (!(await exists(signature)))
    return [`${basename(signature)}: is missing, so it cannot be verified with ${by}`];
  return withTemporary(store, async (temporary) => {
    const work = await makeScratch(temporary, 'work');
    await writeFiles(work, { allowed });
    const inputs = { '/inputs/sums': sums, '/inputs/signature': signature };
    try {
      await runInside({ tools, work, inputs, sourceDateEpoch: 1 }, ['sh', '-euc', scripts[kind]]);
      return [];
    } catch (error) {
      if ((error as IngotError).code !== 'COMMAND_FAILED') throw error;
      const says = String((error as IngotError).cause)
        .trim()
        .split('\n')
        .at(-1);
      return [`${basename(signature)}: is not a signature of these sums by ${by}: ${says}`];
    }
  });
}

const scripts: { [kind in SignatureKind]: string } = {
  minisign: 'minisign -V -q -P "$(cat allowed)" -m /inputs/sums -x /inputs/signature',
  ssh: `
who=$(ssh-keygen -Y find-principals -f allowed -s /inputs/signature | head -n 1)
ssh-keygen -Y verify -q -f allowed -I "$who" -n ${sshNamespace} -s /inputs/signature < /inputs/sums
`,
};

function signatureOf(sums: string, kind: SignatureKind): string {
  return `${sums}.${signatureSuffixes[kind]}`;
}
