import { keymapProblem, localeProblem, timeZoneProblem } from './known/known-names.ts';

/**
 * What is wrong with a name that ends on the machine, by the rules of the programs that read it there, as the
 * end of a sentence that begins with the name; undefined where it is right. Schemas ask for a rule by its
 * `format`.
 */
export const nameRules: { [format: string]: (name: string) => string | undefined } = {
  'user-name': userNameProblem,
  'host-name': hostNameProblem,
  'recipe-name': recipeNameProblem,
  'model-name': modelNameProblem,
  'partition-name': partitionNameProblem,
  'module-name': moduleNameProblem,
  'kernel-word': kernelWordProblem,
  'one-line': oneLineProblem,
  'time-zone': timeZoneProblem,
  locale: localeProblem,
  keymap: keymapProblem,
  'password-hash': passwordHashProblem,
  'ssh-key': publicKeyShapeProblem,
  'ip-address': addressProblem,
  'ip-network': networkAddressProblem,
};

/** Of systemd-sysusers, and of useradd, which knows lower case alone. utmp(5) has room for 31 characters. */
export function userNameProblem(name: string): string | undefined {
  return (
    longerThan(31, name) ??
    unlike(/^[a-z][a-z0-9_-]*$/, name, 'letters a to z, digits, hyphens and underscores, after a letter')
  );
}

/** Of RFC 1123 and hostname(7), for one part of a name: the domain comes from the network. */
export function hostNameProblem(name: string): string | undefined {
  if (localNames.includes(name)) return 'means every machine itself, on every machine';
  // glibc reads the forms of inet_aton(3) as addresses, before it asks for a name.
  if (/^(\d+|0x[0-9a-f]*)$/.test(name)) return 'is read as an address; begin with a letter';
  const characters = 'letters a to z, digits and hyphens, with a letter or digit at both ends';
  return longerThan(63, name) ?? unlike(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, name, characters);
}

/** Names that /etc/hosts and systemd-resolved give to loopback addresses. */
const localNames = ['localhost', 'ip6-localhost', 'ip6-loopback'];

/**
 * It names files, boot entries (whose names count tries after a plus sign), the volume, and with a cloud's
 * name behind it the machine under test, for which hostname(7) has 64 characters.
 */
function recipeNameProblem(name: string): string | undefined {
  const characters = 'letters a to z, digits, dots and hyphens, with a letter or digit at both ends';
  return longerThan(48, name) ?? unlike(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, name, characters);
}

/** A file's name has 255 bytes at most, and `.gguf` is behind it. */
function modelNameProblem(name: string): string | undefined {
  const characters = 'letters a to z, digits, dots, plus signs and hyphens, after a letter or digit';
  return longerThan(200, name) ?? unlike(/^[a-z0-9][a-z0-9.+-]*$/, name, characters);
}

/** A GPT label has 36 UTF-16 units; it is also part of a file's name. */
function partitionNameProblem(name: string): string | undefined {
  return (
    longerThan(36, name) ??
    unlike(/^[a-z][a-z0-9-]*$/, name, 'letters a to z, digits and hyphens, after a letter')
  );
}

/** As the kernel has it in /proc/modules. */
function moduleNameProblem(name: string): string | undefined {
  return longerThan(55, name) ?? unlike(/^[A-Za-z0-9_]+$/, name, 'letters, digits and underscores');
}

/** Boot loaders and the kernel split at blanks and read quotes in ways of their own. */
export function kernelWordProblem(word: string): string | undefined {
  return unlike(/^[!#-~]+$/, word, 'printable ASCII without blanks and double quotes');
}

function oneLineProblem(text: string): string | undefined {
  return (
    longerThan(200, text) ??
    (/^[^\p{Cc}\u2028\u2029]*$/u.test(text) ? undefined : 'is more than one line of text')
  );
}

function longerThan(most: number, name: string): string | undefined {
  const { length } = [...name];
  return length > most ? `has ${length} characters, and at most ${most} are possible` : undefined;
}

function unlike(pattern: RegExp, name: string, characters: string): string | undefined {
  return pattern.test(name) ? undefined : `is not made of ${characters}`;
}

/** Of crypt(5): what has no salt and method before it is a password itself, or a method of the past. */
function passwordHashProblem(text: string): string | undefined {
  if (
    text === '' ||
    /^\$(y\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}|6\$(rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{86})$/.test(
      text,
    )
  )
    return undefined;
  return 'is no hash by yescrypt or SHA-512; make one with: mkpasswd --method=yescrypt';
}

/** Whether sshd takes it is decided when a program reads its bytes; a cut or folded line is seen here. */
function publicKeyShapeProblem(text: string): string | undefined {
  const right = /^(\S+ )?(ssh|ecdsa|sk)-[\w@.-]+ AAAA[A-Za-z0-9+/]{40,}={0,2}( [^\p{Cc}]*)?$/u.test(text);
  return right ? undefined : 'is no public SSH key in one line';
}

/** An IPv4 or IPv6 address. */
function addressProblem(text: string): string | undefined {
  return isAddress(text) ? undefined : 'is no IP address';
}

/** An address with the length of its network's prefix: `192.0.2.10/24`. */
function networkAddressProblem(text: string): string | undefined {
  const [, address = '', length = ''] = /^(.*)\/(\d{1,3})$/.exec(text) ?? [];
  const most = address.includes(':') ? 128 : 32;
  if (isAddress(address) && Number(length) >= 1 && Number(length) <= most) return undefined;
  return 'is no IP address with the length of its network behind a slash, as 192.0.2.10/24';
}

function isAddress(text: string): boolean {
  if (!text.includes(':')) return /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?=.)|$)){4}$/.test(text);
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`);
}
