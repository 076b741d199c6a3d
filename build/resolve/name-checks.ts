import { parseSysusers } from '../hygiene/expected.ts';
import type { OptionSchema } from '../model/define.ts';
import type { Distro } from '../model/distro.ts';
import type { ImageFeature, OverlayFile } from '../model/image.ts';
import { kernelWordProblem, userNameProblem } from '../model/names.ts';
import { excludeEachOther } from './feature-checks.ts';

/** The kernel's COMMAND_LINE_SIZE on x86, less the byte that ends it. */
const longestCommandLine = 2047;

/**
 * Names that the features give to things of the machine, and that another one has already or the program that
 * reads them does not take.
 */
export function nameProblems(
  features: ImageFeature[],
  options: { [feature: string]: { [option: string]: OptionSchema } },
  distro: Distro,
): string[] {
  return [
    ...accountProblems(features, options, distro),
    ...idProblems(features, distro),
    ...portProblems(features),
    ...features.flatMap(unitProblems),
    ...features.flatMap(wordProblems),
  ];
}

/** What is wrong with the kernel's command line as a whole. */
export function commandLineProblems(words: string[]): string[] {
  const { length } = words.join(' ');
  if (length <= longestCommandLine) return [];
  return [`the kernel command line has ${length} characters, and the kernel reads ${longestCommandLine}`];
}

/** An account that a feature makes: for a person whom an option names, or by a file of sysusers.d. */
interface Account {
  name: string;
  /** Who makes it. */
  of: string;
  group: boolean;
}

function accountProblems(
  features: ImageFeature[],
  options: { [feature: string]: { [option: string]: OptionSchema } },
  distro: Distro,
): string[] {
  const people = features.flatMap(({ name: feature, options: given }) =>
    Object.entries(options[feature] ?? {})
      .filter(([, { format }]) => format === 'user-name')
      .map(([option]) => ({
        name: String(given[option]),
        of: `option ${option} of feature ${feature}`,
        group: false,
      })),
  );
  const declared = features.flatMap(declaredBy);
  const wrong = declared.flatMap(({ name, of }) => {
    const problem = userNameProblem(name);
    return problem ? [`${of} declares the account ${name}, which ${problem}`] : [];
  });
  const taken = [...people, ...declared.filter(({ group }) => !group)]
    .filter(({ name }) => distro.accounts.includes(name))
    .map(
      ({ name, of }) =>
        `${of} takes the name ${name}, which is an account of ${distro.title}: choose another`,
    );
  const all = [...people, ...declared];
  const twice = all.flatMap(({ name, of }, index) => {
    const before = all.slice(0, index).find((other) => other.name === name && other.of !== of);
    return before ? [`${before.of} and ${of} both make the account ${name}: choose another name`] : [];
  });
  return [...new Set([...wrong, ...taken, ...twice])];
}

/** sysusers gives another id to the one who comes second, and says so in a log that nobody reads. */
function idProblems(features: ImageFeature[], distro: Distro): string[] {
  const taken = new Map(
    Object.keys(distro.hygiene.allowed.users ?? {}).map((account) => {
      const [name, id] = account.split(' ');
      return [id, `${distro.title} for ${name}`];
    }),
  );
  return features.flatMap((feature) =>
    sysusersOf(feature)
      .flatMap(({ content }) => parseSysusers(content).ids)
      .flatMap(([id]) => {
        const [before, of] = [taken.get(id), `feature ${feature.name}`];
        taken.set(id, of);
        return before ? [`${before} and ${of} both take the user id ${id}`] : [];
      }),
  );
}

function sysusersOf({ overlay }: ImageFeature): OverlayFile[] {
  return overlay.filter(({ path }) => /^(usr\/lib|etc)\/sysusers\.d\/[^/]+\.conf$/.test(path));
}

/** What a template names is known by an option. */
function declaredBy(image: ImageFeature): Account[] {
  return sysusersOf(image)
    .filter(({ template }) => !template)
    .flatMap(({ content }) => {
      const { users, groups } = parseSysusers(content);
      const of = `feature ${image.name}`;
      return groups.map((name) => ({ name, of, group: !users.includes(name) }));
    });
}

/**
 * Two features whose programs would take the same port; the same program may be there for both. Of features
 * that exclude each other, that alone is said.
 */
function portProblems(features: ImageFeature[]): string[] {
  const taken = new Map<string, { by: ImageFeature; program: string }>();
  return features.flatMap((by) => {
    const { name: feature, effect, hygiene } = by;
    return [...Object.keys(hygiene.listeners ?? {}), ...(effect.ports ?? [])].flatMap((listener) => {
      const [protocol, number, ...rest] = listener.split(' ');
      const [port, program] = [`${protocol} port ${number}`, rest.join(' ')];
      if (!/^(tcp|udp) ([1-9]\d{0,4}) \S+$/.test(listener) || Number(number) > 65535)
        return [`feature ${feature} names the listener "${listener}", which is not written as tcp 22 sshd`];
      const before = taken.get(port);
      if (before && before.program !== program && !excludeEachOther(before.by, by))
        return [
          `features ${before.by.name} and ${feature} both take ${port}, for ${before.program} and ${program}`,
        ];
      taken.set(port, { by, program });
      return [];
    });
  });
}

function unitProblems({ name, effect }: ImageFeature): string[] {
  return [...(effect.enable ?? []), ...(effect.mask ?? [])]
    .filter((unit) => unit.length > 255 || !unitName.test(unit))
    .map((unit) => `feature ${name} names ${JSON.stringify(unit)}, which is no unit's name`);
}

/** Of systemd.unit(5). */
const unitName =
  /^[A-Za-z0-9:_.\\-]+(@[A-Za-z0-9:_.\\-]*)?\.(service|socket|device|mount|automount|swap|target|path|timer|slice|scope)$/;

function wordProblems({ name, effect }: ImageFeature): string[] {
  return (effect.kernelCommandLine ?? []).flatMap((word) => {
    const problem = kernelWordProblem(word);
    return problem ? [`feature ${name} has the kernel word ${JSON.stringify(word)}, which ${problem}`] : [];
  });
}
