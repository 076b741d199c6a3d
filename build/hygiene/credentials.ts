import type { Check } from './check.ts';
import { linesOf, named, present, records } from './root.ts';
import { secrets } from './secrets.ts';

/** Nothing that opens a door, here or elsewhere. */
export const credentials: Check[] = [
  {
    name: 'password',
    rule: 'AWS',
    must: 'no account has a password',
    remedy: 'lock the account with "!*"',
    find: (root) =>
      records(root, 'etc/shadow')
        .filter(([, hash]) => hash && !/^[!*]+$/.test(hash))
        .map(([name]) => ({ path: 'etc/shadow', found: `${name} has a password hash` })),
  },
  {
    name: 'empty-password',
    rule: 'AWS',
    must: 'no account has an empty password',
    remedy: 'lock the account with "!*"',
    find: (root) =>
      records(root, 'etc/shadow')
        .filter(([, hash]) => hash === '')
        .map(([name]) => ({ path: 'etc/shadow', found: `${name} has an empty password` })),
  },
  {
    name: 'unshadowed',
    rule: 'Ingot',
    must: 'passwords are looked up in etc/shadow alone',
    remedy: 'put "x" into the second field',
    find: (root) =>
      ['etc/passwd', 'etc/group'].flatMap((path) =>
        records(root, path)
          .filter(([, field]) => field !== 'x')
          .map(([name, field]) => ({ path, found: `${name} has ${JSON.stringify(field)} in place of x` })),
      ),
  },
  {
    name: 'group-password',
    rule: 'AWS',
    must: 'no group has a password',
    remedy: 'put "!" or "*" into the second field',
    find: (root) =>
      records(root, 'etc/gshadow')
        .filter(([, hash]) => !/^[!*]+$/.test(hash ?? ''))
        .map(([name]) => ({ path: 'etc/gshadow', found: `${name} has a password` })),
  },
  {
    name: 'authorized-keys',
    rule: 'AWS',
    must: 'no account has an authorized key',
    remedy: 'pass the key when the machine boots, as the credential ssh.authorized_keys.root',
    find: (root) => present(named(root, /(^|\/)authorized_keys2?(\.d\/.+)?$|^etc\/ssh\/userkeys\//)),
  },
  {
    name: 'private-key',
    rule: 'AWS',
    must: 'no file contains a private key',
    remedy: 'remove it; a key on an image belongs to everyone who has the image',
    find: (root) =>
      root.matches
        .filter(
          ({ path, text }) => text.includes('PRIVATE KEY') && !(path in root.expected.allowed.publishedKeys),
        )
        .map(({ path, text }) => ({ path, found: text })),
  },
  {
    name: 'access-token',
    rule: 'AWS',
    must: 'no file contains an access key of a cloud, forge or model hub',
    remedy: 'remove it, and revoke it where it was made',
    find: (root) =>
      root.matches
        .filter(
          ({ path, text }) => !text.includes('PRIVATE KEY') && !(path in root.expected.allowed.publishedKeys),
        )
        .map(({ path, text }) => ({ path, found: `${text.slice(0, 8)}…` })),
  },
  {
    name: 'password-in-address',
    rule: 'Ingot',
    must: 'no configured address carries a user and a password',
    remedy: 'use an address without them',
    find: (root) =>
      linesOf(root, /^(etc|root|home)\//)
        .filter(({ line }) => /\b[a-z]+:\/\/[^\s/:@]+:[^\s/@]+@[\w[]/.test(line))
        .map(({ path, line }) => ({ path, found: line.replace(/:\/\/.*@/, '://…@') })),
  },
  {
    name: 'secret-files',
    rule: 'AWS',
    must: 'there are no credential files of programs',
    remedy: 'remove it',
    find: (root) => present(named(root, secrets).filter(({ kind }) => kind !== 'd')),
  },
  {
    name: 'tls-keys',
    rule: 'Ingot',
    must: 'there is no TLS key, not even the self-signed one of ssl-cert',
    remedy: 'remove it; make it on the machine',
    find: (root) => present(named(root, /^etc\/ssl\/private\/.+|ssl-cert-snakeoil/)),
  },
];
