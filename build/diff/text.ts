import type { Verdict } from './gates.ts';
import type { ImageDiff } from './images.ts';
import { sectionsOf, sizeLine } from './sections.ts';

const shortLines = 10;

/** A comparison for a terminal: a few lines of each kind, or all of them. */
export function renderText(diff: ImageDiff, verdicts: Verdict[], { full }: { full: boolean }): string {
  const { a, b, identical } = diff;
  const sections = sectionsOf(diff).flatMap(({ title, lines }) => [
    '',
    `${title} (${lines.length})`,
    ...shortened(lines, full).map((line) => `  ${line}`),
  ]);
  return [
    `a  ${a.sha256}  ${a.file}`,
    `b  ${b.sha256}  ${b.file}`,
    verdictOf(diff),
    ...(identical ? [] : [`size ${sizeLine(diff)}`, ...sections]),
    ...(verdicts.length ? ['', ...verdicts.map(gateLine)] : []),
  ]
    .map(printable)
    .join('\n');
}

/** Says in a sentence how two images compare. */
export function verdictOf(diff: ImageDiff): string {
  const { identical, packages, units, kernelOptions, commandLines, models, files } = diff;
  if (identical) return 'the images are identical';
  const counts: [number, string][] = [
    [packages.length, 'packages'],
    [units.length, 'units'],
    [kernelOptions.length, 'kernel options'],
    [commandLines.length, 'command lines'],
    [models.length, 'models'],
    [files.length, 'files'],
  ];
  const some = counts.filter(([count]) => count).map(([count, what]) => `${count} ${what}`);
  return some.length
    ? `the images differ in ${some.join(', ')}`
    : 'the images hold the same; only their bytes differ, as in times or order';
}

export function gateLine({ expression, ok, found }: Verdict): string {
  return `${ok ? 'ok      ' : 'EXCEEDED'} ${expression}: ${found}`;
}

function shortened(lines: string[], full: boolean): string[] {
  if (full || lines.length <= shortLines + 1) return lines;
  return [...lines.slice(0, shortLines), `… and ${lines.length - shortLines} more, see --full`];
}

/** Names come from images that others made: a terminal must not obey what is in them. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
