import type { Check } from './check.ts';
import { basename, each, linesOf, named, present } from './root.ts';
import { enabledUnits, isPreset, presetUnits, startedUnits, unitText } from './units.ts';

/** What runs, what listens, and what is sent to others. */
export const services: Check[] = [
  {
    name: 'unasked-units',
    rule: 'Ingot',
    must: 'a unit is enabled only if a preset, or a unit enabled by a preset, names it',
    remedy: 'enable it in a feature, so that the preset says so',
    find(root) {
      const enabled = enabledUnits(root);
      const on = presetUnits(root, [...enabled.map(({ unit }) => unit), ...namedByRecipe(root)]);
      return enabled
        .filter(({ unit }) => !on.has(unit))
        .map(({ path, unit }) => ({ path, found: `${unit} is on` }));
    },
  },
  {
    name: 'missing-units',
    rule: 'Ingot',
    must: 'every unit that a feature turns on exists and is on',
    remedy: 'correct the name in the feature, or the [Install] section of the unit',
    find(root) {
      const linked = new Set(named(root, /^etc\/systemd\/system\//).map(({ to }) => basename(to)));
      return namedByRecipe(root)
        .filter((unit) => isPreset(root, unit) && !linked.has(unit))
        .map((unit) => ({ path: ownPreset, found: `${unit} is not on` }));
    },
  },
  {
    name: 'masked-units',
    rule: 'Ingot',
    must: 'a unit is masked only by a feature',
    remedy: 'remove the link, or mask the unit in a feature',
    find: (root) =>
      each(
        named(root, /^etc\/systemd\/(system|user)\/[^/]+$/).filter(
          ({ path, to, size, kind }) =>
            (to === '/dev/null' || (kind === 'f' && size === 0)) && !root.expected.overlay.includes(path),
        ),
        () => 'masked',
      ),
  },
  {
    name: 'user-units',
    rule: 'Ingot',
    must: "what runs in every user's session is on the list",
    remedy: 'disable it, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find: (root) =>
      present(
        named(root, /^etc\/systemd\/user\/[^/]+\.(wants|requires)\//).filter(
          ({ path }) => !(basename(path) in root.expected.allowed.userUnits),
        ),
      ),
  },
  {
    name: 'listening-sockets',
    rule: 'Flatcar',
    must: 'a socket unit that is started listens on a network only if it is on the list',
    remedy: 'disable it, or allow it with its reason under hygiene in recipes/features/<name>.ts',
    find: (root) =>
      startedUnits(root)
        .filter(({ unit }) => unit.endsWith('.socket') && !(unit in root.expected.allowed.sockets))
        .flatMap(({ path, unit }) =>
          [
            ...unitText(root, unit).matchAll(
              /^Listen(?:Stream|Datagram|SequentialPacket)=(?!\s*[/@%]|\s*$)(.*)$/gm,
            ),
          ].map(([, address]) => ({ path, found: `${unit} listens on ${address}` })),
        ),
  },
  {
    name: 'debug-shell',
    rule: 'Ingot',
    must: 'no shell opens without a login',
    remedy: 'disable debug-shell.service, and let rescue and emergency ask for the password',
    find: (root) => [
      ...startedUnits(root)
        .filter(({ unit }) => /^(debug-shell|console-shell)\.service$/.test(unit))
        .map(({ path, unit }) => ({ path, found: unit })),
      ...linesOf(root, /^etc\/systemd\/system\/.+/)
        .filter(({ line }) => /SYSTEMD_SULOGIN_FORCE=(1|y|t)/i.test(line))
        .map(({ path, line }) => ({ path, found: line })),
    ],
  },
  {
    name: 'remote-logs',
    rule: 'AWS',
    must: 'logs stay on the machine',
    remedy: 'remove the line; the owner decides who reads them',
    find: (root) =>
      linesOf(
        root,
        /^etc\/(rsyslog\.(conf|d\/.+)|syslog-ng\/.+|systemd\/journal-(upload|remote)\.conf(\.d\/.+)?)$/,
      )
        .filter(({ line }) =>
          /^URL=|(^|\s)@@?[\w[(]|omfwd|^destination.*\b(tcp|udp|network|syslog)\(/.test(line),
        )
        .map(({ path, line }) => ({ path, found: line })),
  },
  {
    name: 'proxies',
    rule: 'Ingot',
    must: "no proxy of the build machine's network is configured",
    remedy: 'remove the line',
    find: (root) =>
      linesOf(root, /^etc\//)
        .filter(({ path }) => !/^etc\/(sudoers|bash_completion)/.test(path))
        .filter(({ line }) => /\b(https?|ftp|all|no)_proxy\s*=|Acquire::[\w:]*Proxy/i.test(line))
        .map(({ path, line }) => ({ path, found: line })),
  },
  {
    name: 'loaded-code',
    rule: 'Ingot',
    must: 'no library is loaded into every program, and libraries come from system folders alone',
    remedy: 'remove it',
    find: (root) => [
      ...present(named(root, /^etc\/ld\.so\.preload$/)),
      ...linesOf(root, /^etc\/ld\.so\.conf(\.d\/.+)?$/)
        .filter(({ line }) => !/^(include |\/usr\/(local\/)?lib|\/lib)/.test(line))
        .map(({ path, line }) => ({ path, found: line })),
      ...linesOf(root, /^etc\/(environment|profile|default\/.+|systemd\/system\.conf(\.d\/.+)?)$/)
        .filter(({ line }) => /\bLD_(PRELOAD|LIBRARY_PATH|AUDIT)\b/.test(line))
        .map(({ path, line }) => ({ path, found: line })),
    ],
  },
];

const ownPreset = 'usr/lib/systemd/system-preset/10-ingot.preset';

function namedByRecipe(root: { texts: Map<string, string> }): string[] {
  return [...(root.texts.get(ownPreset) ?? '').matchAll(/^enable (\S+)$/gm)].map(([, unit]) => unit!);
}
