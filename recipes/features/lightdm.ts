import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'lightdm',
  summary: 'the graphical login, which lets the user of the console in without a password',
  requirements: ['DSK-02'],
  options: {
    automaticLogin: {
      description: 'where the user is logged in without being asked at all',
      type: 'string',
      default: 'live',
      enum: ['live', 'always', 'never'],
    },
  },
  hygiene: { generated: { 'var/lib/lightdm': "made by lightdm's tmpfiles.d: the greeter's home" } },
  effect: ({ automaticLogin }, { features }) => {
    const user = String(features.console?.user ?? '');
    const automatic = automaticLogin === 'always' || (automaticLogin === 'live' && 'live' in features);
    return {
      values: {
        user,
        automatic: user && automatic ? `autologin-user=${user}\n` : '',
        // A line of sysusers.d: who has no password says so by this group.
        membership: user ? `m ${user} nopasswdlogin\n` : '',
      },
      enable: ['lightdm.service'],
      conflicts: ['greetd'],
    };
  },
});
