import parseExpression from 'spdx-expression-parse';
import licenceIds from 'spdx-license-ids/index.json' with { type: 'json' };
import { parseParagraphs } from '../debian/deb822.ts';

/** SPDX identifiers by their lower-case spelling. */
const known = new Map(licenceIds.map((id) => [id.toLowerCase(), id]));
/** Names that Debian gives to licences with an SPDX identifier. */
const aliases = new Map([
  ['apache-2', 'Apache-2.0'],
  ['artistic', 'Artistic-1.0-Perl'],
  ['cc0', 'CC0-1.0'],
  ['expat', 'MIT'],
  ['gpl', 'GPL-1.0-or-later'],
  ['lgpl', 'LGPL-2.0-or-later'],
]);
const machineReadable = /^https?:\/\/www\.debian\.org\/doc\/packaging-manuals\/copyright-format\/1\.0/;

/**
 * The SPDX expression of a package's statement of its licences: all licences of its source's files. A
 * licence that SPDX has no identifier for becomes a LicenseRef. Undefined when the file is not
 * machine-readable.
 */
export function licenceOfCopyright(text: string): string | undefined {
  const [header, ...rest] = parseParagraphs(text);
  if (!header || !machineReadable.test(header.Format ?? '')) return undefined;
  const stated = [header, ...rest.filter((paragraph) => paragraph.Files)].filter(({ License }) => License);
  const expressions = stated.map(({ License }) => debianExpression(License!.split('\n')[0]!));
  const parts = expressions.flatMap((part) => (part.includes(' OR ') ? `(${part})` : part.split(' AND ')));
  const joined = [...new Set(parts)].sort().join(' AND ');
  return joined && isExpression(joined) ? joined : undefined;
}

/** The SPDX expression of what somebody calls a licence, such as a model's `general.license`. */
export function licenceNamed(name: string): string {
  return isExpression(name) ? name : term(name);
}

/** Names in an expression that SPDX does not know, sorted; each has to be explained beside it. */
export function licenceRefs(expressions: string[]): string[] {
  const found = expressions.flatMap((expression) => expression.match(/LicenseRef-[A-Za-z0-9.-]+/g) ?? []);
  return [...new Set(found)].sort();
}

/** Debian's `A or B, and C`, in which a comma binds loosest. */
function debianExpression(text: string): string {
  const groups = text.replaceAll(/,\s+(?!(?:and|or)\s)/g, ', and ').split(/,\s+(and|or)\s+/i);
  return groups
    .map((group, index) => {
      if (index % 2) return group.toUpperCase();
      const words = group.split(/\s+(and\/or|and|or)\s+/i);
      const inner = words.map((word, at) => (at % 2 ? operator(word) : term(word))).join(' ');
      return words.length > 1 && groups.length > 1 ? `(${inner})` : inner;
    })
    .join(' ');
}

function operator(word: string): string {
  return word.toLowerCase() === 'and' ? 'AND' : 'OR';
}

function term(text: string): string {
  const [name, exception] = text.trim().split(/\s+with\s+/i);
  const id = identifier(name!);
  if (!exception) return id ?? reference(text);
  const words = exception.replace(/\s+exception$/i, '').replaceAll(/\s+/g, '-');
  const spellings = [words, `${words}-exception`].map((spelling) => `${id} WITH ${spelling}`);
  return (id && spellings.find(isExpression)) || reference(text);
}

/** `GPL-2+` → `GPL-2.0-or-later`, `bsd-3-clause` → `BSD-3-Clause`. */
function identifier(name: string): string | undefined {
  const gnu = /^(A?GPL|LGPL|GFDL)-(NIV-)?(\d)(?:\.(\d))?(\+|-only|-or-later)?$/i.exec(name);
  const [, family, invariants, major, minor = '0', later] = gnu ?? [];
  const spelt = gnu
    ? `${family}-${major}.${minor}${invariants ? '-no-invariants' : ''}${later && later !== '-only' ? '-or-later' : '-only'}`
    : name;
  return aliases.get(spelt.toLowerCase()) ?? known.get(spelt.toLowerCase());
}

function reference(text: string): string {
  const words = text.trim().replaceAll('+', '-or-later');
  const safe = words.replaceAll(/[^A-Za-z0-9.]+/g, '-').replaceAll(/^-|-$/g, '');
  return `LicenseRef-${safe || 'unnamed'}`;
}

function isExpression(text: string): boolean {
  try {
    parseExpression(text);
    return true;
  } catch {
    return false;
  }
}
