import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'ssh',
  summary: 'OpenSSH by key only; host keys are made on the machine',
  requirements: ['SEC-05', 'SEC-07'],
  options: {},
  effect: () => ({ enable: ['ssh.service', 'sshd-keygen.service'] }),
});
