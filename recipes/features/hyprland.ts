import { defineFeature } from '../../build/model/define.ts';

const session = 'starts with the graphical session';

export default defineFeature({
  name: 'hyprland',
  summary: 'Hyprland, a tiling Wayland desktop by keyboard: bar, launcher, notifications, lock and terminal',
  requirements: ['DSK-01', 'DSK-07'],
  options: {},
  hygiene: {
    attributes: {
      'usr/bin/Hyprland security.capability': 'a higher priority for its own thread, and nothing else',
    },
    userUnits: {
      'foot-server.service': `one process for all terminals, ${session}`,
      'foot-server.socket': "a UNIX socket in the user's own folder",
      'fumon.service': `tells of failed units, ${session}`,
      'hyprpolkitagent.service': `asks for passwords, ${session}`,
      'mako.service': `notifications, ${session}`,
      'user-session-migration.service': "brings the user's settings to a newer form",
      'waybar.service': `the bar, ${session}`,
      'xdg-user-dirs.service': "makes the user's usual folders",
    },
  },
  effect: () => ({
    requires: ['ai-menu', 'greetd', 'inference'],
    conflicts: ['xfce'],
  }),
});
