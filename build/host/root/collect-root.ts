import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import type { RootFacts } from '../../model/root-facts.ts';
import { runInside } from '../run/sandbox.ts';
import { rootPrograms, searchScript, surveyScript } from './programs.ts';
import { readSurvey } from './survey-tree.ts';

/** Reads a root tree's facts with the tools tree's own programs; both trees are mounted read-only. */
export async function collectRoot(options: {
  tools: string;
  root: string;
  /** The stage whose tree of packages the root was made of by hard links. */
  packages: string;
  /** The distribution's program that says what its package manager knows of a root's files. */
  packageFacts: { folder: string; runAt(seenAs: string): string[] };
  /** Text files are searched for this extended regular expression. */
  pattern: string;
  /** Paths of further small files, as an extended regular expression. */
  texts: string;
  scratch: string;
  sourceDateEpoch: number;
  log?: string;
}): Promise<RootFacts> {
  const { tools, root, packages, packageFacts, pattern, texts, scratch, sourceDateEpoch, log } = options;
  const sandbox = {
    tools,
    work: scratch,
    inputs: {
      '/inputs/root': root,
      '/inputs/packages': packages,
      '/inputs/program': packageFacts.folder,
      ...rootPrograms,
    },
    sourceDateEpoch,
  };
  const program = [...packageFacts.runAt('/inputs/program'), '"$1"', '/inputs/packages'].join(' ');
  const script = `${program} & packages=$!\n${searchScript}\n${surveyScript}\nwait "$packages"`;
  // Nothing waits for it but the image's end, and its disk is made at the same time.
  const words = ['/inputs/root', pattern, texts];
  await runInside(sandbox, ['nice', 'sh', '-euc', script, 'collect', ...words], { log });
  return readFacts(scratch);
}

/** What the scripts left in a folder. */
export async function readFacts(folder: string): Promise<RootFacts> {
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const rows = await readSurvey(join(folder, 'entries'));
  return {
    entries: rows.map(({ entry }) => entry),
    texts: await readTexts(join(folder, 'texts.tar')),
    attributes: rows.flatMap(({ entry: { path }, attributes }) => attributes.map((name) => ({ path, name }))),
    matches: [...(await read('matches')).matchAll(/^\.\/([^\0]*)\0(.*)$/gm)].map(([, path, text]) => ({
      path: path!,
      text: text!,
    })),
    altered: [...(await read('altered')).matchAll(/^(\S+) .*?\/(.*)$/gm)].map(([, how, path]) => ({
      path: path!,
      how: how!,
    })),
    owned: new Set((await read('owned')).split('\n')),
  };
}

async function readTexts(tar: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const files = createReadStream(tar).pipe(extract());
  for await (const file of files) texts.set(file.header.name, await readAll(file));
  return texts;
}
