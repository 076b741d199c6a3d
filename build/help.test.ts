import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadVerbs } from './commands/_verbs.ts';
import { repository } from './host/fs/files.ts';
import { runProgram } from './testdata/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'ingot-help-'));
const verbs = await loadVerbs();
const pages: string[] = [];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// One process asks for the help of every verb: what takes time is starting it.
beforeAll(async () => {
  const script = join(folder, 'help.mjs');
  const cli = pathToFileURL(join(repository, 'build/cli.ts')).href;
  const names = JSON.stringify(verbs.map(({ name }) => name));
  writeFileSync(
    script,
    `// Every verb brings listeners of its own.
process.setMaxListeners(0);
for (const name of ${names}) {
  process.argv.splice(2, Infinity, ...name.split(' '), '--help');
  await import('${cli}?' + encodeURIComponent(name));
  console.log('=====');
}`,
  );
  const { status, stdout, stderr } = await runProgram(
    [process.execPath, '--import', 'tsx', script],
    repository,
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  pages.push(...stdout.split('=====\n').map((page) => page.replaceAll(/\s+/g, ' ')));
});

it.each(verbs)('ingot $name --help shows arguments, options and examples', (verb) => {
  const page = pages[verbs.indexOf(verb)];
  expect(page).toMatch(`Usage: ingot ${verb.name} [options]`);
  expect(verb.examples.length).toBeGreaterThan(0);
  const words = [
    verb.summary,
    ...verb.arguments.map(([, what]) => what),
    ...verb.options.map(({ flags, description }) => `${flags} ${description}`),
    '--json results as JSON',
    `Examples: ${verb.examples.join(' ')}`,
  ];
  for (const shown of words) expect(page).toContain(shown);
});
