import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../build/host/fs/files.ts';
import { tables } from './tables.ts';

/**
 * Writes the generated blocks of README.md and docs/*.md: what stands between `<!-- gen:name -->` and `<!--
 * /gen -->` becomes the table of that name. With --check it writes nothing and fails if a page is out of
 * date.
 */
const pages = ['README.md', ...readdirSync(join(repository, 'docs')).map((name) => `docs/${name}`)]
  .filter((page) => page.endsWith('.md'))
  .sort();
const shown = new Set<string>();
const outdated = pages.filter((page) => {
  const path = join(repository, page);
  const before = readFileSync(path, 'utf8');
  const after = fillBlocks(page, before);
  if (after !== before && !process.argv.includes('--check')) writeFileSync(path, after);
  return after !== before;
});

const unused = Object.keys(tables).filter((name) => !shown.has(name));
if (unused.length) throw new Error(`no page has a block for: ${unused.join(', ')}`);
if (outdated.length && process.argv.includes('--check')) {
  console.error(`out of date: ${outdated.join(', ')}; run: npm run gen`);
  process.exitCode = 1;
}

function fillBlocks(page: string, text: string): string {
  return text.replaceAll(/(<!-- gen:(\S+) -->\n)[\s\S]*?(<!-- \/gen -->)/g, (_all, open, name, close) => {
    const table = tables[name];
    if (table === undefined)
      throw new Error(`${page} asks for the table ${name}, which scripts/tables.ts lacks`);
    shown.add(name);
    return `${open}\n${table}\n\n${close}`;
  });
}
