import type { Check } from '../../../hygiene/check.ts';
import { named, present, under } from '../../../hygiene/root.ts';

/** Where Debian's own programs keep what every system has in some way. */
export const system: Check[] = [
  {
    name: 'own-authorities',
    rule: 'Ingot',
    must: 'no certificate authority is trusted but those of the package ca-certificates',
    remedy: "remove it; a build network's proxy must not be trusted by every machine",
    find: (root) => [
      ...present(named(root, /^usr\/local\/share\/ca-certificates\/.+/)),
      ...present(
        under(root, 'etc/ssl/certs').filter(
          ({ kind, to, path }) =>
            !(kind === 'l' && /^(\/usr\/share\/ca-certificates\/|[^/]+$)/.test(to)) &&
            path !== 'etc/ssl/certs/ca-certificates.crt',
        ),
      ),
    ],
  },
  {
    name: 'old-kernels',
    rule: 'Ingot',
    must: 'there is no link to an earlier kernel',
    remedy: 'remove the link',
    find: (root) => present(named(root, /^(boot\/)?(vmlinuz|initrd\.img)\.old$/)),
  },
];
