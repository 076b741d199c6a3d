import { defineFeature } from '../../build/model/define.ts';
import type { Allowed } from '../../build/model/hygiene.ts';
import { python } from './disk.ts';

/** Parts of the panel by their numbers in xfce4-panel.xml, in order; some are there with a feature only. */
const panel: [number: number, feature?: string][] = [
  ...[[1], [2], [3], [4, 'browser'], [5, 'chat-page'], [6, 'assistant'], [7], [8], [9]],
  ...[[10], [11, 'sound'], [12], [13], [14]],
] as [number, string?][];

/** GnuPG, which udisks2 needs, waits for the user at these. */
const gnupg = [
  ...['dirmngr.socket', 'gpg-agent-browser.socket', 'gpg-agent-extra.socket', 'gpg-agent-ssh.socket'],
  ...['gpg-agent.socket', 'keyboxd.socket'],
];

/** Lists that dictionaries-common makes for programs that check spelling. */
const dictionaries: Allowed = Object.fromEntries(
  [
    ...['aspell.db', 'emacsen-ispell-default.el', 'emacsen-ispell-dicts.el', 'hunspell.db', 'ispell.db'],
    ...['ispell-dicts-list.txt', 'jed-ispell-dicts.sl', 'sqspell.php', 'wordlist.db'],
  ].map((name) => [`var/cache/dictionaries-common/${name}`, 'made by dictionaries-common']),
);

export default defineFeature({
  name: 'xfce',
  summary:
    'XFCE on Xorg: panel, file manager with previews, terminal, viewers; nothing asks anything at the first login',
  requirements: ['DSK-02', 'DSK-05'],
  options: {},
  hygiene: {
    setGid: {
      'usr/lib/x86_64-linux-gnu/utempter/utempter':
        'terminals note who uses them in utmp; the group utmp alone may write it',
    },
    attributes: {
      'usr/lib/x86_64-linux-gnu/gstreamer1.0/gstreamer-1.0/gst-ptp-helper security.capability':
        'GStreamer sets clocks by the network with it, when a program asks',
    },
    caches: dictionaries,
    generated: {
      ...python,
      'etc/default/keyboard': 'made by keyboard-configuration: the layout',
      '^(etc/dictionaries-common/ispell-default|var/lib/emacsen-common/state/.+)$':
        'made by dictionaries-common and emacsen-common, which the spell checker of the text editor needs',
      ...dictionaries,
    },
    userUnits: {
      ...Object.fromEntries(gnupg.map((unit) => [unit, "a UNIX socket in the user's own folder"])),
      'user-session-migration.service': "changes a user's settings when a program's have another form",
      'xdg-user-dirs.service': "makes the user's folders for documents, music and the like",
    },
  },
  effect: (_, { features }) => ({
    values: {
      panelItems: panel
        .filter(([, feature]) => !feature || feature in features)
        .map(([number]) => `        <value type="int" value="${number}"/>\n`)
        .join(''),
      // Launchers that the desktop shows.
      desktopIcons: [
        ...('installer' in features ? ['install.desktop'] : []),
        ...('chat-page' in features ? ['chat.desktop'] : []),
        ...('browser' in features ? ['firefox-esr.desktop'] : []),
      ].join(' '),
      webBrowser: features.browser ? 'WebBrowser=debian-sensible-browser\n' : '',
    },
    packages: {
      debian: [
        ...(features['network-manager'] ? ['network-manager-applet'] : []),
        ...(features.sound ? ['xfce4-pulseaudio-plugin'] : []),
      ],
    },
    requires: ['lightdm'],
  }),
});
