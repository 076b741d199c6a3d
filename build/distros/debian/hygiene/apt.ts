import type { Check } from '../../../hygiene/check.ts';
import { linesOf, named, notPlain, present, type Root } from '../../../hygiene/root.ts';

/** Where further packages come from, and who vouches for them. */
export const apt: Check[] = [
  {
    name: 'sources',
    rule: 'Ingot',
    must: "apt has a source, and every one is the recipe's suite of the distribution, on the network",
    remedy: "leave it to the stage packages, which takes the example in apt's documentation",
    find(root) {
      const all = sources(root);
      if (!all.some(({ uris }) => uris)) return [{ path: 'etc/apt/sources.list.d', found: 'no source' }];
      const suite = new RegExp(`^${root.expected.suite}(-(security|updates|backports|proposed-updates))?$`);
      return all
        .filter(
          ({ uris, suites }) =>
            !uris.every((uri) => /^https?:\/\//.test(uri) && !local.test(uri)) ||
            !suites.every((name) => suite.test(name)),
        )
        .map(({ path, uris, suites }) => ({ path, found: [...uris, ...suites].join(' ') }));
    },
  },
  {
    name: 'components',
    rule: 'Ingot',
    must: 'every source has the parts of the archive that the recipe takes',
    remedy: "leave it to the stage packages, or add the component to the distribution's example of sources",
    find: (root) =>
      sources(root)
        .map(({ path, text }) => ({ path, has: field(text, 'Components') }))
        .filter(({ has }) => !root.expected.components.every((component) => has.includes(component)))
        .map(({ path, has }) => ({ path, found: has.join(' ') || 'no component' })),
  },
  {
    name: 'signed-sources',
    rule: 'Ingot',
    must: 'every source names the key that signs it, and no check of it is off',
    remedy: 'write Signed-By, and remove Trusted, Allow-Insecure and Check-Valid-Until',
    find: (root) =>
      sources(root)
        .filter(
          ({ text }) => !/signed-by/i.test(text) || /trusted|allow-|check-(valid-until|date)/i.test(text),
        )
        .map(({ path, text }) => ({ path, found: text.replaceAll('\n', '; ') })),
  },
  {
    name: 'one-line-sources',
    rule: 'Ingot',
    must: 'there is no source in the old one-line format',
    remedy: 'remove it',
    find: (root) =>
      linesOf(root, /^etc\/apt\/sources\.list(\.d\/.+\.list)?$/).map(({ path, line }) => ({
        path,
        found: line,
      })),
  },
  {
    name: 'archive-keys',
    rule: 'Ingot',
    must: 'apt trusts the keys of the package debian-archive-keyring and no other',
    remedy: 'remove it; name the key of a further source by Signed-By',
    find: (root) =>
      present(
        named(root, /^etc\/apt\/(trusted\.gpg|trusted\.gpg\.d\/.+|keyrings\/.+)$/).filter(
          ({ path }) => !/\/debian-archive-[a-z-]+\.asc$/.test(path),
        ),
      ),
  },
  {
    name: 'apt-options',
    rule: 'Ingot',
    must: 'apt and dpkg have no options for the build and none that disables a check',
    remedy: 'remove the file or line',
    find: (root) => [
      ...present(named(root, /^etc\/(apt\/apt\.conf|dpkg\/dpkg\.cfg)\.d\/99mmdebstrap$/)),
      ...linesOf(root, /^etc\/(apt\/apt\.conf|dpkg\/dpkg\.cfg)(\.d\/.+)?$/)
        .filter(({ line }) =>
          /unsafe-io|AllowUnauthenticated|Allow(Insecure|Weak|Downgrade)|Check-|Verify-/.test(line),
        )
        .map(({ path, line }) => ({ path, found: line })),
    ],
  },
  {
    name: 'pins',
    rule: 'Ingot',
    must: 'no package is held or preferred',
    remedy: 'remove it; versions are pinned in the lock',
    find: (root) =>
      present(named(root, /^etc\/apt\/preferences(\.d\/.+)?$/).filter(({ kind }) => kind === 'f')),
  },
  {
    name: 'plain-sources',
    rule: 'Ingot',
    must: 'the configuration of apt is plain files of a size that can be checked',
    remedy: 'put the file itself in place of the link',
    find: (root) => notPlain(root, /^etc\/apt\/(?!trusted).+$/),
  },
  {
    name: 'archive-passwords',
    rule: 'AWS',
    must: 'apt has no password for an archive',
    remedy: 'remove it',
    find: (root) =>
      present(named(root, /^etc\/apt\/auth\.conf(\.d\/.+)?$/).filter(({ kind }) => kind !== 'd')),
  },
  {
    name: 'archive-caches',
    rule: 'Debian cloud',
    must: 'the caches and lists of apt are empty',
    remedy: 'empty them',
    find: (root) => present(named(root, /^var\/(cache\/apt|lib\/apt\/lists)\/./)),
  },
  {
    name: 'release',
    rule: 'Ingot',
    must: "the system says that it is the recipe's suite",
    remedy: 'lock the recipe again; the archive is of another suite',
    find(root) {
      const said = /^VERSION_CODENAME=(.*)$/m.exec(root.texts.get('usr/lib/os-release') ?? '')?.[1];
      return said === root.expected.suite
        ? []
        : [{ path: 'usr/lib/os-release', found: said ?? 'no codename' }];
    },
  },
];

// Files, this machine, and names that no name server outside knows.
const local =
  /^https?:\/\/(\[|localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|[^/.]+(:\d+)?(\/|$)|[^/]+:\d+)/;

/** Stanzas of all sources in the form of RFC 822. */
function sources(root: Root): { path: string; text: string; uris: string[]; suites: string[] }[] {
  return [...root.texts]
    .filter(([path]) => /^etc\/apt\/sources\.list\.d\/.+\.sources$/.test(path))
    .flatMap(([path, all]) =>
      all.split(/\n\s*\n/).map((text) => ({ path, text: text.replace(/^#.*$/gm, '').trim() })),
    )
    .filter(({ text }) => text)
    .map(({ path, text }) => ({ path, text, uris: field(text, 'URIs'), suites: field(text, 'Suites') }));
}

function field(text: string, name: string): string[] {
  return new RegExp(`^${name}:(.*)$`, 'im').exec(text)?.[1]?.trim().split(/\s+/) ?? [''];
}
