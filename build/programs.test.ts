import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { repository } from './host/fs/files.ts';

/** Lines that are shell or Python and hardly anything else. */
const statement = new RegExp(
  '^\\s*(' +
    [
      'set -[a-z]+\\b',
      '(for|while|until|case|if|elif) .*(; ?(do|then)| in)$',
      '(then|else|fi|do|done|esac|\\})$',
      '(cd|cp|mv|rm|ln|dd|mkdir|mount|umount|chmod|chown|chroot|touch|find|sed|grep|awk|cat|echo|printf|truncate|tar) .*',
      '(export )?[a-z_]+=("?\\$|\'|").*',
      '(import|from) [a-z_.]+( import .*)?$',
      '(def|class|with|try|except|while|for|if)\\b.*:$',
    ].join('|') +
    ')',
);

/** Files that may hold a program in a string, each with its reason. */
const allowed: { [file: string]: string } = {
  'backends/live-build/render.ts':
    "renders auto/config and auto/build, which are made of the recipe's values",
};

/** Whether a text is a program of more than three lines. */
function isProgram(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim());
  if (lines.length <= 3) return false;
  return text.startsWith('#!') || lines.filter((line) => statement.test(line)).length >= 3;
}

/** The texts of all template literals of a file, with what is put into them left out. */
function templatesIn(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push(
        [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join('$'),
      );
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', source, ts.ScriptTarget.Latest));
  return found;
}

it('knows a program from a text', () => {
  const shell = 'set -eu\nmkdir out\nfor file in *; do\n  cp "$file" out\ndone\n';
  const python = 'import os\nfor name in os.listdir():\n    print(name)\nif True:\n    pass\n';
  const unit = '[Unit]\nDescription=for a test\n\n[Service]\nExecStart=/bin/true\nType=oneshot\n';
  expect([shell, python, unit, 'mkdir a\ncd a\n'].map(isProgram)).toEqual([true, true, false, false]);
  expect(templatesIn('f(`a${`b`}c`)')).toEqual(['a$c', 'b']);
});

it('programs of more than three lines are files of their own, which lint checks', () => {
  const files = readdirSync(join(repository, 'build'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$/.test(file))
    // Formats render scripts for people to run, and tests plant faults.
    .filter((file) => !/^(formats|testdata|suites|faults)\//.test(file));
  expect(files.length).toBeGreaterThan(200);
  const holding = files.filter((file) =>
    templatesIn(readFileSync(join(repository, 'build', file), 'utf8')).some(isProgram),
  );
  expect(holding.filter((file) => !allowed[file])).toEqual([]);
  expect(Object.keys(allowed).filter((file) => !holding.includes(file))).toEqual([]);
});
