/** What programs make when packages are configured: paths that no package lists, by who makes them. */
export const generated: { by: string; paths: RegExp }[] = [
  {
    by: 'base-files, base-passwd and libc, once',
    paths:
      /^(home|media|mnt|opt|srv|usr\/local(\/.*)?|etc\/(profile|nsswitch\.conf|opt|environment|motd|mtab|fstab|dpkg\/origins\/default)|root\/\.(bashrc|profile)|usr\/share\/info\/dir|var\/(mail|opt|spool\/mail))$/,
  },
  { by: 'mmdebstrap: merged /usr and the folder of seeds', paths: /^(bin|sbin|lib|lib64|etc\/hostname)$/ },
  { by: 'passwd, sysusers', paths: /^etc\/(passwd|group|shadow|gshadow|shells|subuid|subgid)$/ },
  {
    by: 'pam-auth-update',
    paths: /^(etc\/pam\.d\/common-[a-z-]+|etc\/security\/opasswd|var\/lib\/pam\/[a-z-]+)$/,
  },
  { by: 'ca-certificates', paths: /^etc\/(ca-certificates\.conf|ssl\/certs\/.+)$/ },
  {
    by: 'tzdata, locales and systemd',
    paths: /^etc\/(localtime|default\/locale|locale\.gen|vconsole\.conf|\.updated|machine-id)$/,
  },
  { by: 'netbase and readline-common', paths: /^etc\/(networks|inputrc)$/ },
  { by: 'python3', paths: /^(etc\/python3(\/debian_config)?|var\/lib\/python(\/python3\.\d+_installed)?)$/ },
  { by: 'ldconfig', paths: /^etc\/ld\.so\.cache$/ },
  { by: 'openssh-server by ucf', paths: /^etc\/ssh\/sshd_config$/ },
  { by: 'ucf', paths: /^var\/lib\/ucf\/(cache(\/.*)?|hashfile|registry)$/ },
  { by: 'libwrap0', paths: /^etc\/hosts\.(allow|deny)$/ },
  { by: 'initramfs-tools and live-boot', paths: /^etc\/(initramfs-tools\/modules|modules|live(\/boot)?)$/ },
  {
    by: 'the kernel and its initramfs',
    paths: /^(boot\/(config|initrd\.img|vmlinuz|System\.map)-[^/]+|vmlinuz|initrd\.img)$/,
  },
  {
    by: 'depmod',
    paths: /^usr\/lib\/modules\/[^/]+\/modules\.(alias|builtin|dep|devname|softdep|symbols|weakdep)[a-z.]*$/,
  },
  { by: 'systemd-hwdb', paths: /^usr\/lib\/udev\/hwdb\.bin$/ },
  { by: 'systemd, when units are switched on', paths: /^etc\/systemd\/(system|user)\/.+$/ },
  { by: 'init scripts, for systems without systemd', paths: /^etc\/rc[0-6S]\.d\/[SK]\d\d[\w.-]+$/ },
  {
    by: 'systemd and its tmpfiles.d',
    paths: /^(root\/\.ssh|var\/(\.updated|log\/(journal|private)|(cache|lib)\/private))$/,
  },
  {
    by: 'systemd, in its own folder',
    paths:
      /^var\/lib\/systemd\/(catalog(\/database)?|coredump|ephemeral-trees|network|pstore|deb-systemd-.*)$/,
  },
  {
    by: 'dpkg, apt and debconf',
    paths:
      /^var\/(lib\/(dpkg\/(alternatives\/.+|arch|arch-native|diversions|statoverride|status|info\/.+|triggers(\/(File|Unincorp|[a-z-]+))?)|apt\/extended_states)|cache\/debconf\/(config|passwords|templates)\.dat)$/,
  },
  { by: 'the shells and the login database', paths: /^var\/lib\/(shells\.state|wtmpdb(\/wtmp\.db)?)$/ },
  { by: 'llama.cpp-tools', paths: /^usr\/share\/llama\.cpp\/llama-server\/default-ui$/ },
  { by: "Ingot: apt's sources", paths: /^etc\/apt\/sources\.list\.d\/debian\.sources$/ },
];
