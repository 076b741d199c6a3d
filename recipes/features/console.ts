import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'console',
  summary: 'a user who is logged in on the screen and the serial line, and told how to reach the model',
  requirements: ['WEB-08'],
  options: {
    user: { description: 'name of the user', type: 'string', default: 'user', pattern: '^[a-z][a-z0-9-]*$' },
  },
  effect: ({ user }) => ({ values: { user: String(user) }, requires: ['inference'] }),
});
