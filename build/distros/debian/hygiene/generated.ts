import type { Allowed } from '../../../model/hygiene.ts';

/**
 * What programs of every Debian make when packages are configured: paths that no package lists, by who makes
 * them.
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
  "Ingot: apt's sources": /^etc\/apt\/sources\.list\.d\/debian\.sources$/,
};

export const generated: Allowed = Object.fromEntries(
  Object.entries(madeBy).map(([who, paths]) => [paths.source, `made by ${who}`]),
);
