import { formatBytes } from '../formats/text/size.ts';
import type { Change, FileChange, ImageDiff } from './images.ts';
import { describeConditions } from './measured.ts';

/** Differences of one kind as lines for people: `+` added, `-` removed, `~` changed. */
export interface Section {
  title: string;
  lines: string[];
}

/** All that differs, in groups; those without a difference are left out. */
export function sectionsOf(diff: ImageDiff): Section[] {
  const plain = (changes: Change[]) => changes.map((change) => line(change));
  const short = (changes: Change[]) => changes.map((change) => line(change, (hash) => hash.slice(0, 16)));
  const sized = (changes: Change[]) =>
    changes.map((change) => line(change, (size) => formatBytes(Number(size))));
  return [
    { title: 'measured', lines: measuredLines(diff) },
    { title: 'partitions and large files', lines: sized(diff.parts) },
    { title: 'packages', lines: plain(diff.packages) },
    { title: 'enabled units', lines: plain(diff.units) },
    { title: 'kernel options', lines: plain(diff.kernelOptions) },
    { title: 'kernel command lines', lines: diff.commandLines.map(wordsLine) },
    { title: 'models', lines: short(diff.models) },
    ...fileSections(diff.files),
  ].filter(({ lines }) => lines.length);
}

/** `464.6 MiB, 1.2 MiB more`. */
export function sizeLine({ a, b }: Pick<ImageDiff, 'a' | 'b'>): string {
  const by = Math.abs(b.size - a.size);
  const change = by ? `${formatBytes(by)} ${b.size > a.size ? 'more' : 'less'} than` : 'the same as';
  return `${formatBytes(b.size)} (${b.size} bytes), ${change} ${formatBytes(a.size)} (${a.size} bytes)`;
}

function line({ name, from, to }: Change, shown = (value: string) => value): string {
  if (from === undefined) return `+ ${name} ${shown(to!)}`;
  if (to === undefined) return `- ${name} ${shown(from)}`;
  return `~ ${name} ${shown(from)} -> ${shown(to)}`;
}

function wordsLine({ name, from, to }: Change): string {
  if (from === undefined || to === undefined) return line({ name, from, to });
  const words = [from && `without ${from}`, to && `with ${to}`].filter(Boolean);
  return `~ ${name} ${words.join(', ')}`;
}

function fileSections(files: FileChange[]): Section[] {
  const classes = [...new Set(files.map((file) => file.class))].sort();
  return classes.map((name) => ({
    title: `files: ${name}`,
    lines: files.filter((file) => file.class === name).map(fileLine),
  }));
}

function fileLine({ name, from, to, differs }: FileChange): string {
  if (from === undefined || to === undefined) return line({ name, from: brief(from), to: brief(to) });
  return `~ ${name} (${differs.join(', ')}) ${brief(from)} -> ${brief(to)}`;
}

/** Sixteen digits tell two contents apart well enough for a reader. */
function brief<T extends string | undefined>(entry: T): T {
  return entry?.replace(/sha256 ([0-9a-f]{16})[0-9a-f]*/, '$1') as T;
}

function measuredLines({ measured }: ImageDiff): string[] {
  return measured.flatMap((pair) => {
    const { boot, tokens } = pair;
    const where = describeConditions(pair);
    return [
      `~ boot, ${where}: ${boot.a.toFixed(1)} s -> ${boot.b.toFixed(1)} s`,
      ...(tokens ? [`~ tokens/s, ${where}: ${tokens.a.toFixed(2)} -> ${tokens.b.toFixed(2)}`] : []),
    ];
  });
}
