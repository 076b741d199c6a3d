import { defineFeature } from '../../build/model/define.ts';

const gpg = 'a UNIX socket in the folder of the user, by which gpg reaches its helper';

export default defineFeature({
  name: 'podman',
  summary: 'runs containers, by hand or as units of systemd (quadlets)',
  requirements: ['RUN-01'],
  options: {},
  hygiene: {
    userUnits: {
      'dirmngr.socket': gpg,
      'gpg-agent-browser.socket': gpg,
      'gpg-agent-extra.socket': gpg,
      'gpg-agent-ssh.socket': gpg,
      'gpg-agent.socket': gpg,
      'keyboxd.socket': gpg,
    },
  },
  effect: () => ({ enable: ['var-ai\\x2ddata-containers.mount'] }),
});
