import type { Symbols } from './symbols.ts';

const leastScore = 0.4;
const shown = 3;

/**
 * Names that look like one that does not exist, the nearest first, three at most. No score separates a rename
 * from a chance likeness, so they are offered as near and never as successors.
 */
export function nearNames(name: string, symbols: Symbols): string[] {
  const [own, words] = [trigrams(name), new Set(wordsOf(name))];
  const counts = wordCounts(symbols);
  const ranked: { name: string; score: number }[] = [];
  for (const other of symbols.values()) {
    if (!other.prompts.length) continue;
    const others = new Set(wordsOf(other.name));
    const [prompt] = other.prompts;
    const described = new Set([...others, ...wordsOf(prompt?.text ?? '')]);
    const score =
      0.45 * likeness(own, trigrams(other.name)) +
      0.3 * likeness(words, others, (word) => weight(counts, word, symbols.size)) +
      0.25 * ([...words].filter((word) => described.has(word)).length / words.size);
    if (score >= leastScore) ranked.push({ name: other.name, score });
  }
  ranked.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, shown).map((one) => one.name);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

function trigrams(name: string): Set<string> {
  const padded = `  ${name.toLowerCase()} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

/** What two sets have in common, as a part of both together. */
function likeness(a: Set<string>, b: Set<string>, weigh: (item: string) => number = () => 1): number {
  const sum = (items: string[]) => items.reduce((total, item) => total + weigh(item), 0);
  const common = sum([...a].filter((item) => b.has(item)));
  return common / sum([...new Set([...a, ...b])]);
}

const known = new WeakMap<Symbols, Map<string, number>>();

/** In how many names each word is. */
function wordCounts(symbols: Symbols): Map<string, number> {
  const before = known.get(symbols);
  if (before) return before;
  const counts = new Map<string, number>();
  for (const name of symbols.keys())
    for (const word of new Set(wordsOf(name))) counts.set(word, (counts.get(word) ?? 0) + 1);
  known.set(symbols, counts);
  return counts;
}

/** A rare word says more than one that many names have. */
function weight(counts: Map<string, number>, word: string, all: number): number {
  return Math.log((all + 1) / ((counts.get(word) ?? 0) + 1)) + 0.1;
}
