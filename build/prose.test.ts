import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from './host/fs/files.ts';

/** Phrases that a reader has to guess at, and what says the same. */
const unclear: [phrase: RegExp, better: string][] = [
  [/\bhangs? on\b/, 'depends on'],
  [/\b(is|are) told\b/, 'reads, gets, is reported to'],
  [/\bwhoever\b/i, 'the caller, the user, the process that'],
  [/\b(made|make|makes|written|write|comes) anew\b/, 'rebuilt, written again'],
  [/\bmade again\b/, 'repeated, rebuilt'],
  [/\bstands? still\b/, 'hangs'],
];
const columns = 110;

const own = 'build/prose.test.ts';
const files = ['build', 'recipes', 'scripts', 'docs', 'qemu-tests']
  .flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true }).map((name) => join(folder, String(name))),
  )
  .filter((path) => /\.(ts|mjs|sh|py|md)$/.test(path) && path !== own);

it.each(unclear)('nothing says %s, but: %s', (phrase) => {
  expect(['README.md', ...files].filter((path) => phrase.test(sentences(path)))).toEqual([]);
});

it(`no comment is wider than ${columns} columns`, () => {
  const wide = files
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      linesOf(path).flatMap((line, index) =>
        /^\s*(\/\*\*|\*|\/\/)/.test(line) && line.length > columns ? [`${path}:${index + 1}`] : [],
      ),
    );
  expect(wide).toEqual([]);
});

function linesOf(path: string): string[] {
  return readFileSync(join(repository, path), 'utf8').split('\n');
}

/** The file's text, in which a sentence of a comment goes on over the end of a line. */
function sentences(path: string): string {
  return linesOf(path)
    .map((line) => line.replace(/^\s*(\/\*\*|\*|\/\/|#)?\s*/, ''))
    .join(' ');
}
