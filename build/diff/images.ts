import { differingWords } from '../formats/boot/boot-entries.ts';
import type { SurveyedEntry } from '../host/root/survey-tree.ts';
import type { ImageFacts } from '../inspect/image-facts.ts';
import type { Measured } from './measured.ts';

/** Something that is otherwise in the second image; one side is missing where only the other has it. */
export interface Change {
  name: string;
  from?: string;
  to?: string;
}

export interface FileChange extends Change {
  /** Class of its content: `text`, `ELF`, `kernel module`, … */
  class: string;
  /** What differs of a file that both have: `content`, `size`, `mode`, `owner`, `kind`, `capabilities`. */
  differs: string[];
}

/** Kinds of changes that are lists, in the order in which they are printed. */
export const changeKinds = [
  'packages',
  'units',
  'kernelOptions',
  'commandLines',
  'models',
  'parts',
  'files',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface ImageDiff {
  schema: 1;
  a: ImageSummary;
  b: ImageSummary;
  /** Every byte is the same. */
  identical: boolean;
  packages: Change[];
  units: Change[];
  kernelOptions: Change[];
  commandLines: Change[];
  models: Change[];
  /** Partitions of a disk, large files of an ISO, with their sizes in bytes. */
  parts: Change[];
  files: FileChange[];
  measured: Measured[];
}

export interface ImageSummary {
  file: string;
  sha256: string;
  size: number;
  /** How many there are of each kind. */
  counts: { [kind in ChangeKind]: number };
}

/** Compares two images by their facts; every list is sorted by name. */
export function diffImages(a: ImageFacts, b: ImageFacts, measured: Measured[]): ImageDiff {
  const words = (facts: ImageFacts) => new Map(facts.bootEntries.map(({ name, words }) => [name, words]));
  return {
    schema: 1,
    a: summaryOf(a),
    b: summaryOf(b),
    identical: a.sha256 === b.sha256,
    packages: changes(a.packages, b.packages),
    units: changes(a.units, b.units),
    kernelOptions: changes(a.kernel, b.kernel),
    commandLines: commandLines(words(a), words(b)),
    models: changes(a.models, b.models),
    parts: changes(partsOf(a), partsOf(b)),
    files: fileChanges(a.files, b.files),
    measured,
  };
}

function summaryOf(facts: ImageFacts): ImageSummary {
  const { file, sha256, size, packages, units, kernel, bootEntries, models, parts, files } = facts;
  return {
    file,
    sha256,
    size,
    counts: {
      packages: packages.size,
      units: units.size,
      kernelOptions: kernel.size,
      commandLines: bootEntries.length,
      models: models.size,
      parts: parts.length,
      files: files.size,
    },
  };
}

function changes(a: Map<string, string>, b: Map<string, string>): Change[] {
  return namesOf(a, b)
    .map((name) => ({ name, from: a.get(name), to: b.get(name) }))
    .filter(({ from, to }) => from !== to);
}

/** Of a command line that both have, only the words that differ. */
function commandLines(a: Map<string, string[]>, b: Map<string, string[]>): Change[] {
  return namesOf(a, b).flatMap((name) => {
    const [from, to] = [a.get(name), b.get(name)];
    if (!from || !to) return [{ name, from: from?.join(' '), to: to?.join(' ') }];
    if (from.join(' ') === to.join(' ')) return [];
    const words = differingWords(from, to);
    const of = (sign: string) => words.filter((word) => word.startsWith(sign)).map((word) => word.slice(1));
    if (!words.length) return [{ name, from: from.join(' '), to: to.join(' ') }];
    return [{ name, from: of('-').join(' '), to: of('+').join(' ') }];
  });
}

function partsOf({ parts }: ImageFacts): Map<string, string> {
  return new Map(parts.map(({ name, type, size }) => [`${name} (${type})`, String(size)]));
}

function fileChanges(a: Map<string, SurveyedEntry>, b: Map<string, SurveyedEntry>): FileChange[] {
  return namesOf(a, b).flatMap((name) => {
    const [from, to] = [a.get(name), b.get(name)];
    const differs = from && to ? differencesOf(from, to) : [];
    if (from && to && !differs.length) return [];
    const shown = (entry?: SurveyedEntry) => entry && describe(entry);
    return [{ name, class: classOf(name, (to ?? from)!), differs, from: shown(from), to: shown(to) }];
  });
}

function differencesOf(a: SurveyedEntry, b: SurveyedEntry): string[] {
  const compared: [what: string, differs: boolean][] = [
    ['kind', a.kind !== b.kind],
    ['content', a.sha256 !== b.sha256 || a.to !== b.to],
    ['size', a.size !== b.size],
    ['mode', a.mode !== b.mode],
    ['owner', a.uid !== b.uid || a.gid !== b.gid],
    ['capabilities', a.capabilities !== b.capabilities],
  ];
  return compared.filter(([, differs]) => differs).map(([what]) => what);
}

const kindNames = { f: 'file', d: 'folder', l: 'link', c: 'device', b: 'device', p: 'pipe', s: 'socket' };
const byPath: [pattern: RegExp, name: string][] = [
  [/\.ko(\.(xz|zst|gz))?$/, 'kernel module'],
  [/^var\/lib\/(dpkg|apt)\//, 'package database'],
  [/(^|\/)(vmlinuz|initrd\.img)[^/]*$|\.efi$/i, 'boot'],
];

/** The class of a file by its path and by what it begins with. */
export function classOf(path: string, { kind, content }: Pick<SurveyedEntry, 'kind' | 'content'>): string {
  if (kind !== 'f') return kindNames[kind];
  const named = byPath.find(([pattern]) => pattern.test(path))?.[1];
  if (named) return named;
  if (content === '') return 'empty';
  return { elf: 'ELF', gguf: 'model', text: 'text', data: 'data' }[content];
}

/** `0644 0:0 17 bytes sha256 1f…`, `0777 0:0 -> /usr/bin`. */
function describe({ kind, mode, uid, gid, size, to, sha256, capabilities }: SurveyedEntry): string {
  const access = `${mode.toString(8).padStart(4, '0')} ${uid}:${gid}`;
  const granted = capabilities ? ` capabilities ${capabilities}` : '';
  if (kind === 'f') return `${access} ${size} bytes sha256 ${sha256}${granted}`;
  return `${access} ${kindNames[kind]}${to ? ` ${to}` : ''}`;
}

function namesOf(a: Map<string, unknown>, b: Map<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort();
}
