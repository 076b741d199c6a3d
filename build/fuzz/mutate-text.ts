import type { Random } from '../formats/text/random.ts';

type Mutation = (text: string, random: Random, seeds: string[]) => string;

const mutations: Mutation[] = [
  replaceToken,
  replaceToken,
  replaceToken,
  insertToken,
  removeToken,
  swapTokens,
  dropLine,
  repeatLine,
  swapLines,
  truncate,
  removeCharacters,
  splice,
];
/** Words, quoted texts and runs of white space; every other character by itself. */
const tokenPattern = /"(?:[^"\\\n]|\\.)*"|[\p{L}\p{N}_.+~-]+|\s+|./gsu;
const maxRepeatedCharacters = 200_000;
/**
 * What parsers have stumbled over: names of prototypes, ways up, numbers that do not fit, marks of other
 * syntaxes.
 */
const hostile = [
  ...['__proto__', '"__proto__"', 'constructor', '"constructor"', 'toString', '"hasOwnProperty"', '"length"'],
  ...['null', 'true', '[]', '{}', '""', '[[1]]', '{"a":{}}', '-1', '0', '1.5', '1e308', '1e400', '-0'],
  ...['9007199254740993', '99999999999999999999', '0x10', 'NaN', 'Infinity', '2147483648', '1e300'],
  ...[
    '..',
    '../../etc/passwd',
    '"../up"',
    '"a/../../b"',
    '/',
    '"/etc/passwd"',
    '%2e%2e/',
    '"%2e%2e/up"',
    '.',
  ],
  ...[
    '\0',
    '"\\u0000"',
    '\u001b[31m',
    '"\\u001b]0;x\\u0007"',
    '\u2028',
    '\ud800',
    '\ufeff',
    '\u202e',
    '\u0085',
  ],
  ...['\n', '\r\n', '\t', ' ', '\n\n', '\n ', ':', ': ', ',', '- ', '? ', '#', '"', "'", '`', '\\', '|', '>'],
  ...['&a', '*a', '<<: *a', '!!binary', '!!js/function', '!x', '---\n', '...\n', '%YAML 9.9', '~', '@'],
  ...[
    '{{',
    '}}',
    '{{{',
    '{{#each x}}',
    '{{/each}}',
    '{{> x}}',
    '{{x.y}}',
    '{{{{raw}}}}',
    '\\{{',
    '$(id)',
    ';',
  ],
];

/** One of the seeds with one to four things wrong with it. */
export function mutateText(random: Random, seeds: string[]): string {
  let mutant = random.pick(seeds);
  for (let left = 1 + random.below(4); left > 0; left--)
    mutant = random.pick(mutations)(mutant, random, seeds);
  // Rare, as it takes a thousand times as long as the rest.
  if (random.once(400)) return random.pick([repeatTokens, nest])(mutant, random);
  return mutant;
}

function replaceToken(text: string, random: Random): string {
  const tokens = tokensOf(text);
  tokens[random.below(tokens.length)] = random.once(4) ? random.pick(tokens) : random.pick(hostile);
  return tokens.join('');
}

function insertToken(text: string, random: Random): string {
  return insertedAtToken(text, random, () => random.pick(hostile));
}

function removeToken(text: string, random: Random): string {
  const tokens = tokensOf(text);
  tokens.splice(random.below(tokens.length), 1 + random.below(3));
  return tokens.join('');
}

function swapTokens(text: string, random: Random): string {
  return swapped(tokensOf(text), random).join('');
}

/** For patterns that try every start or every split of a long run: one to three tokens, many times. */
function repeatTokens(text: string, random: Random): string {
  return insertedAtToken(text, random, (tokens) => {
    const at = random.below(tokens.length);
    const run = tokens.slice(at, at + 1 + random.below(3)).join('') || ' ';
    return run.repeat(1 + random.below(Math.ceil(maxRepeatedCharacters / run.length)));
  });
}

/** For parsers that call themselves. */
function nest(text: string, random: Random): string {
  const opening = random.pick(['[', '{"a":', '- ', '? ', '{a: ', '{{#if x}}', '(']);
  return insertedAtToken(text, random, () => opening.repeat(1 + random.below(20_000)));
}

function dropLine(text: string, random: Random): string {
  const lines = text.split('\n');
  lines.splice(random.below(lines.length), 1);
  return lines.join('\n');
}

function repeatLine(text: string, random: Random): string {
  const lines = text.split('\n');
  lines.splice(random.below(lines.length), 0, random.pick(lines));
  return lines.join('\n');
}

function swapLines(text: string, random: Random): string {
  return swapped(text.split('\n'), random).join('\n');
}

function truncate(text: string, random: Random): string {
  return text.slice(0, random.below(text.length + 1));
}

function removeCharacters(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + text.slice(at + 1 + random.below(3));
}

function splice(text: string, random: Random, seeds: string[]): string {
  const [mine, other] = [tokensOf(text), tokensOf(random.pick(seeds))];
  return [...mine.slice(0, random.below(mine.length)), ...other.slice(random.below(other.length))].join('');
}

function insertedAtToken(text: string, random: Random, added: (tokens: string[]) => string): string {
  const tokens = tokensOf(text);
  tokens.splice(random.below(tokens.length + 1), 0, added(tokens));
  return tokens.join('');
}

function swapped(parts: string[], random: Random): string[] {
  const [a, b] = [random.below(parts.length), random.below(parts.length)];
  [parts[a], parts[b]] = [parts[b] ?? '', parts[a] ?? ''];
  return parts;
}

function tokensOf(text: string): string[] {
  return text.match(tokenPattern) ?? [''];
}
