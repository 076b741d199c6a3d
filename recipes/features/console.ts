import { defineFeature } from '../../build/model/define.ts';
import type { ServedModel } from '../../build/model/served.ts';

export default defineFeature({
  name: 'console',
  summary:
    'logs a user in on the screen and the serial line, and shows how to reach the model where there is one',
  requirements: ['WEB-08'],
  options: {
    user: { description: 'name of the user', type: 'string', default: 'user', format: 'user-name' },
  },
  hygiene: { setUid: { 'usr/bin/sudo': 'becoming root, by the rules in sudoers' } },
  effect: ({ user }, { features: { inference, ssh }, models }) => ({
    values: {
      user: String(user),
      // A line of sysusers.d: members of the group reach the model's server by its socket.
      membership: inference ? `m ${user} llama-server\n` : '',
      introduction: inference ? introduction(models, Number(inference.port)) : '',
      state: inference
        ? 'systemctl status llama-server    Load: btop    Models: /usr/share/ai/models'
        : 'systemctl status    Load: btop',
      access: ssh
        ? 'For ssh, put your public key into /root/.ssh/authorized_keys; no password opens this machine.'
        : 'No password opens this machine, and there is no SSH server.',
    },
  }),
});

/** What the screen says of the models, the first of which is the default. */
function introduction(models: ServedModel[], port: number): string {
  const several = models.length > 1;
  const names = models.map(({ name, role }) => `${name} (${role})`).join(', ');
  const runs = several
    ? `  Language models run on this machine, offline: ${names}.\n  ai-default-model says which is the default. Talk to one:`
    : '  A language model runs on this machine, offline. Talk to it:';
  return `${runs}

    llama-cli -m ${models[0]!.path}

  or through its OpenAI-compatible API, here and at the socket /run/llama-server/llama.sock:

    curl -s http://127.0.0.1:${port}/v1/chat/completions -H 'Content-Type: application/json' \\
      -d '{${several ? '"model":"default",' : ''}"messages":[{"role":"user","content":"Hello"}]}'

`;
}
