import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'greetd',
  summary: "logs the console's user in to a Wayland session, and asks in text after a logout",
  requirements: ['DSK-01'],
  options: {
    session: {
      description: 'desktop entry in /usr/share/wayland-sessions that is started',
      type: 'string',
      default: 'hyprland.desktop',
      pattern: '^[A-Za-z0-9_.-]+\\.desktop$',
    },
  },
  hygiene: {
    generated: {
      'var/lib/greetd': "made by greetd: its user's home",
      'var/cache/tuigreet': 'made by tuigreet: who logged in last',
    },
  },
  effect: ({ session }, { features: { console } }) => ({
    values: { user: String(console?.user ?? ''), session: String(session) },
    enable: ['greetd.service'],
    requires: ['console'],
    conflicts: ['lightdm'],
  }),
});
