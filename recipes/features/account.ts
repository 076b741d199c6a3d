import { defineFeature } from '../../build/model/define.ts';

const passwordFile = 'etc/account-password';
const sudoFile = 'etc/sudoers.d/account';

export default defineFeature({
  name: 'account',
  summary: 'a user of the machine: groups, shell, SSH keys, rights, and a password only as its hash',
  requirements: ['AUTH-01'],
  options: {
    name: { description: 'name of the user', type: 'string', default: 'user', format: 'user-name' },
    groups: {
      description: 'further groups of the user, which the system has',
      type: 'array',
      default: [],
      items: { type: 'string', format: 'user-name' },
    },
    sudo: { description: 'whether the user may become root', type: 'boolean', default: true },
    shell: {
      description: 'shell of the user',
      type: 'string',
      default: '/bin/bash',
      enum: ['/bin/bash', '/bin/sh', '/usr/sbin/nologin'],
    },
    sshKeys: {
      description: 'public keys that log the user in, as in authorized_keys',
      type: 'array',
      default: [],
      items: { type: 'string', format: 'ssh-key' },
    },
    passwordHash: {
      description: 'hash of the password, as mkpasswd prints it; without one there is no password',
      type: 'string',
      default: '',
      format: 'password-hash',
    },
  },
  hygiene: { setUid: { 'usr/bin/sudo': 'becoming root, by the rules in sudoers' } },
  effect: ({ name, groups, sudo, shell, sshKeys, passwordHash }) => ({
    values: {
      name: String(name),
      shell: String(shell),
      members: [...(groups as string[]), ...(sudo ? ['sudo'] : [])]
        .map((group) => `m ${name} ${group}\n`)
        .join(''),
      keys: keyLines(String(name), sshKeys as string[]),
      passwordHash: String(passwordHash),
      sudoReason: passwordHash
        ? 'With the password of the account.'
        : 'The account has no password, so sudo cannot ask for one.',
      sudoTag: passwordHash ? '' : 'NOPASSWD: ',
    },
    leaveOut: [...(passwordHash ? [] : [passwordFile]), ...(sudo ? [] : [sudoFile])],
    enable: ['account-password.service'],
  }),
});

/** Lines of tmpfiles.d, in base64: a key's comment may have any character. */
function keyLines(name: string, keys: string[]): string {
  if (!keys.length) return '';
  const text = Buffer.from(keys.map((key) => `${key}\n`).join('')).toString('base64');
  return `d /home/${name}/.ssh 0700 ${name} ${name}\nf~ /home/${name}/.ssh/authorized_keys 0600 ${name} ${name} - ${text}\n`;
}
