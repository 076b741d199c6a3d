import type { SignatureKind } from './sidecars.ts';

export interface SigningKey {
  kind: SignatureKind;
  /** Only its password, or an agent that has it, opens it. */
  locked: boolean;
}

const publicMinisign = /^RW[\w+/]{54}$/m;
const publicSsh = /^(ssh-|ecdsa-|sk-)\S+ [\w+/=]+/m;

/** What kind of key a file holds to sign with; undefined when it holds none. */
export function recogniseSigningKey(text: string): SigningKey | undefined {
  if (/^-----BEGIN (OPENSSH )?PRIVATE KEY-----/.test(text) || /^-----BEGIN \w+ PRIVATE KEY-----/.test(text))
    return { kind: 'ssh', locked: isLockedSsh(text) };
  // The private half of a public key is in an agent.
  if (publicSsh.test(text)) return { kind: 'ssh', locked: true };
  const secret = /^RW[\w+/=]{100,}$/m.exec(text)?.[0];
  if (!secret) return undefined;
  // Bytes 2 and 3 name the function that makes a key of the password; none has two zeroes.
  return { kind: 'minisign', locked: Buffer.from(secret, 'base64').readUInt16BE(2) !== 0 };
}

/**
 * What kind of key a file holds to verify with, and the key without its comments; undefined when it holds
 * none.
 */
export function recognisePublicKey(text: string): { kind: SignatureKind; key: string } | undefined {
  const ssh = publicSsh.exec(text)?.[0];
  if (ssh) return { kind: 'ssh', key: ssh };
  const minisign = publicMinisign.exec(text)?.[0];
  return minisign ? { kind: 'minisign', key: minisign } : undefined;
}

function isLockedSsh(text: string): boolean {
  if (!text.startsWith('-----BEGIN OPENSSH')) return /ENCRYPTED/.test(text);
  const body = Buffer.from(text.replaceAll(/-----.*-----|\s/g, ''), 'base64');
  // "openssh-key-v1", a NUL, and the name of the cipher with its length before it.
  const at = 'openssh-key-v1\0'.length;
  return body.toString('latin1', at + 4, at + 4 + body.readUInt32BE(at)) !== 'none';
}
