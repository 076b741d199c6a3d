import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'console',
  summary:
    'logs a user in on the screen and the serial line, and shows how to reach the model where there is one',
  requirements: ['WEB-08'],
  options: {
    user: { description: 'name of the user', type: 'string', default: 'user', format: 'user-name' },
  },
  hygiene: { setUid: { 'usr/bin/sudo': 'becoming root, by the rules in sudoers' } },
  effect: ({ user }, { features: { inference }, models: [model] }) => ({
    values: {
      user: String(user),
      // A line of sysusers.d: members of the group reach the model's server by its socket.
      membership: inference ? `m ${user} llama-server\n` : '',
      introduction: inference ? introduction(String(model), Number(inference.port)) : '',
      state: inference
        ? 'systemctl status llama-server    Load: btop    Models: /usr/share/ai/models'
        : 'systemctl status    Load: btop',
    },
  }),
});

/** What the screen says of the model. */
function introduction(model: string, port: number): string {
  return `  A language model runs on this machine, offline. Talk to it:

    llama-cli -m /usr/share/ai/models/${model}.gguf

  or through its OpenAI-compatible API, here and at the socket /run/llama-server/llama.sock:

    curl -s http://127.0.0.1:${port}/v1/chat/completions -H 'Content-Type: application/json' \\
      -d '{"messages":[{"role":"user","content":"Hello"}]}'

`;
}
