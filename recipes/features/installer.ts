import { defineFeature } from '../../build/model/define.ts';

/** What only a desktop can show. */
const window = [
  'usr/bin/ingot-install-window',
  'usr/lib/installer-window/__main__.py',
  'usr/lib/installer-window/command.py',
  'usr/lib/installer-window/settings_page.py',
  'usr/lib/installer-window/window.py',
  'usr/share/applications/install.desktop',
];

export default defineFeature({
  name: 'installer',
  summary: 'puts the image on a disk of the machine: by a dialogue, or by answers that are handed over',
  requirements: ['BLD-01', 'BLD-07', 'BLD-08'],
  options: {},
  effect: (_, { features: { xfce, hyprland } }) => ({
    enable: ['ingot-install.service'],
    requires: ['live'],
    ...(xfce || hyprland ? { packages: { debian: ['gir1.2-gtk-3.0', 'python3-gi'] } } : { leaveOut: window }),
  }),
});
