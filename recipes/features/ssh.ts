import { defineFeature } from '../../build/model/define.ts';
import type { FeatureHygiene } from '../../build/model/hygiene.ts';

/** What the package openssh-client brings, for every feature that has it. */
export const opensshClient: FeatureHygiene = {
  setUid: {
    'usr/lib/openssh/ssh-keysign': 'proves the host to others by its key; off unless EnableSSHKeysign is on',
  },
  setGid: {
    'usr/bin/ssh-agent': 'keeps other processes of the user from reading keys in its memory',
  },
  userUnits: {
    'ssh-agent.socket': "a UNIX socket in the user's own folder",
  },
};

export default defineFeature({
  name: 'ssh',
  summary: 'OpenSSH by key only; host keys are made on the machine',
  requirements: ['SEC-05', 'SEC-07'],
  options: {},
  hygiene: {
    ...opensshClient,
    listeners: { 'tcp 22 sshd': 'logging in by key' },
    deadLinks: { 'var/lib/wtmpdb/wtmp.db': 'libwtmpdb0 links it there; the first login makes it' },
    generated: {
      'etc/ssh/sshd_config': 'made by openssh-server with ucf',
      '^var/lib/ucf/(cache(/.*)?|hashfile|registry)$': 'made by ucf',
      '^etc/hosts\\.(allow|deny)$': 'made by libwrap0',
      '^var/lib/wtmpdb(/wtmp\\.db)?$': 'made by libwtmpdb0: the login database',
    },
  },
  effect: () => ({ enable: ['ssh.service', 'sshd-keygen.service'] }),
});
