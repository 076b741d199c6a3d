import type { Allowed } from '../../../model/hygiene.ts';

/**
 * What programs of Debian make when packages are configured, on every machine that has those packages: paths
 * that no package lists, by who makes them.
 */
const madeBy: { [who: string]: RegExp } = {
  'base-files, base-passwd and libc, once':
    /^(home|media|mnt|opt|srv|usr\/local(\/.*)?|etc\/(profile|nsswitch\.conf|opt|environment|motd|mtab|fstab|dpkg\/origins\/default)|root\/\.(bashrc|profile)|usr\/share\/info\/dir|var\/(mail|opt|spool\/mail))$/,
  'mmdebstrap: merged /usr and the folder of seeds': /^(bin|sbin|lib|lib64|etc\/hostname)$/,
  'passwd, sysusers': /^etc\/(passwd|group|shadow|gshadow|shells|subuid|subgid)$/,
  'pam-auth-update': /^(etc\/pam\.d\/common-[a-z-]+|etc\/security\/opasswd|var\/lib\/pam\/[a-z-]+)$/,
  ldconfig: /^etc\/ld\.so\.cache$/,
  'dpkg, apt and debconf':
    /^var\/(lib\/(dpkg\/(alternatives\/.+|arch|arch-native|diversions|statoverride|status|info\/.+|triggers(\/(File|Unincorp|[a-z-]+))?)|apt\/extended_states)|cache\/debconf\/(config|passwords|templates)\.dat)$/,
  'the shells': /^var\/lib\/shells\.state$/,
  'shared-mime-info and desktop-file-utils':
    /^usr\/share\/(mime\/(?!packages(\/|$)).+|applications\/mimeinfo\.cache)$/,
  'GTK and GLib: indexes of icons, schemas and modules':
    /^usr\/(share\/(icons\/[^/]+\/icon-theme\.cache|glib-2\.0\/schemas\/gschemas\.compiled)|lib\/x86_64-linux-gnu\/(gio\/modules\/giomodule\.cache|gtk-[34]\.0\/[^/]+\/immodules\.cache|gdk-pixbuf-2\.0\/[^/]+\/loaders\.cache))$/,
  'fontconfig: which of its settings are on': /^(etc\/fonts\/conf\.d\/[^/]+\.conf|var\/cache\/fontconfig)$/,
  'xml-core and sgml-base: catalogues':
    /^(etc\/(xml\/[^/]+|sgml\/catalog)|var\/lib\/(xml-core\/[^/]+|sgml-base\/supercatalog))$/,
  'packages with an AppArmor profile: room for local rules': /^etc\/apparmor\.d\/local(\/[^/]+)?$/,
  'the display manager: which one is the default': /^etc\/X11\/default-display-manager$/,
  "Ingot: apt's sources": /^etc\/apt\/sources\.list\.d\/debian\.sources$/,
};

export const generated: Allowed = Object.fromEntries(
  Object.entries(madeBy).map(([who, paths]) => [paths.source, `made by ${who}`]),
);
