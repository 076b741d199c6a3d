import { expect, it } from 'vitest';
import { recognisePublicKey, recogniseSigningKey } from './signing-key.ts';

/** Shapes of keys, filled with zeroes: no key of anybody. */
function minisignSecret(kdf: string): string {
  const bytes = Buffer.alloc(158);
  bytes.write(`Ed${kdf}B2`, 'latin1');
  return `untrusted comment: minisign secret key\n${bytes.toString('base64')}\n`;
}

function openSsh(cipher: string): string {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(cipher.length);
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    length,
    Buffer.from(cipher),
    Buffer.alloc(60),
  ]);
  const lines = body.toString('base64').match(/.{1,70}/g)!;
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}

const publicMinisign = `RW${'A'.repeat(54)}`;
const publicSsh = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA';

it.each([
  ['minisign without password', minisignSecret('\0\0'), { kind: 'minisign', locked: false }],
  ['minisign with password', minisignSecret('Sc'), { kind: 'minisign', locked: true }],
  ['SSH without passphrase', openSsh('none'), { kind: 'ssh', locked: false }],
  ['SSH with passphrase', openSsh('aes256-ctr'), { kind: 'ssh', locked: true }],
  [
    'old SSH with passphrase',
    '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n',
    { kind: 'ssh', locked: true },
  ],
  ['old SSH without passphrase', '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n', { kind: 'ssh', locked: false }],
  ['the public half of a key in an agent', `${publicSsh} me@here\n`, { kind: 'ssh', locked: true }],
  ['the public half of minisign', `untrusted comment: x\n${publicMinisign}\n`, undefined],
  ['a text', '{"name":"ingot"}', undefined],
])('recognises a key to sign with: %s', (_what, text, key) => {
  expect(recogniseSigningKey(text)).toEqual(key);
});

it.each([
  ['minisign', `untrusted comment: x\n${publicMinisign}\n`, { kind: 'minisign', key: publicMinisign }],
  ['SSH, without its comment', `${publicSsh} me@here\n`, { kind: 'ssh', key: publicSsh }],
  ['the secret half of minisign', minisignSecret('Sc'), undefined],
  ['the secret half of SSH', openSsh('none'), undefined],
])('recognises a key to verify with: %s', (_what, text, key) => {
  expect(recognisePublicKey(text)).toEqual(key);
});
