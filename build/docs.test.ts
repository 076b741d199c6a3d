import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { loadVerbs } from './commands/_verbs.ts';
import { repository } from './host/fs/files.ts';

const pages = [
  'README.md',
  ...readdirSync(join(repository, 'docs')).map((name) => join('docs', name)),
].filter((page) => page.endsWith('.md'));
const text = (page: string) => readFileSync(join(repository, page), 'utf8');
const code = readdirSync(join(repository, 'build'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('docs.test.ts'))
  .map((file) => text(join('build', file)))
  .join('\n');
const verbs = (await loadVerbs()).map(({ name }) => name.split(' ')[0]!);
const { scripts } = JSON.parse(text('package.json'));

it.each(pages)('%s: every link leads to a file and a heading that exist', (page) => {
  const links = [...withoutCode(text(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!);
  const local = links.filter((to) => !/^[a-z]+:/.test(to));
  const dead = local.filter((to) => {
    const [file, heading] = to.split('#') as [string, string?];
    const path = file ? join(dirname(page), file) : page;
    if (!existsSync(join(repository, path))) return true;
    return heading !== undefined && !anchors(path).includes(heading);
  });
  expect(dead).toEqual([]);
});

it.each(pages)('%s: every path of the repository that it names exists', (page) => {
  const named = [...text(page).matchAll(/`([\w./-]+)`/g)].map(([, path]) => path!);
  const inRepository = named.filter((path) =>
    /^(build|docs|overlays|packages-lists|qemu-tests|recipes|scripts|\.github|\.ci)\//.test(path),
  );
  expect(inRepository.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

it.each(pages)('%s: every npm script and every verb that it names exists', (page) => {
  const npm = [...text(page).matchAll(/npm\s+run\s+(?:-s )?([\w:-]+)/g)].map(([, script]) => script!);
  expect(npm.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  const ingot = [...text(page).matchAll(/(?:`|^|npm run ingot -- )ingot ([a-z]+)/gm)].map(
    ([, verb]) => verb!,
  );
  expect(ingot.filter((verb) => !verbs.includes(verb))).toEqual([]);
});

it.each(pages)('%s: every environment variable that it names is read somewhere', (page) => {
  const named = [...new Set(text(page).match(/\bINGOT_[A-Z_]+/g))];
  expect(named.filter((name) => !code.includes(name))).toEqual([]);
});

it('README.md leads to every page', () => {
  const readme = text('README.md');
  const missing = pages.filter(
    (page) => page !== 'README.md' && !readme.includes(`(${relative('.', page)})`),
  );
  expect(missing).toEqual([]);
});

/** The names by which links find a page's headings, as GitHub makes them. */
function anchors(page: string): string[] {
  const headings = [
    ...text(page)
      .replaceAll(/^```[\s\S]*?^```/gm, '')
      .matchAll(/^#+ (.+)$/gm),
  ];
  return headings.map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Programs and their output may hold what looks like a link. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
}
