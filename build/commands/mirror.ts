import { resolve } from 'node:path';
import { formatBytes } from '../formats/text/size.ts';
import { listFiles } from '../host/fs/files.ts';
import { openStore } from '../host/store/store.ts';
import { IngotError, shortList } from '../model/errors.ts';
import { type BundleFile, bundleOf, writeBundle } from '../project/bundle.ts';
import { readImages } from '../project/inputs.ts';
import { sourcesFrom } from '../project/sources.ts';
import { fetchOptions, recipeOptions, targetOption, type Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'mirror',
  summary: 'writes the locked files to a folder, so that a machine without a network can build from it',
  arguments: [['<recipe>', 'name of a recipe']],
  options: [
    targetOption,
    ...recipeOptions,
    ...fetchOptions,
    { flags: '--out <folder>', description: 'folder to write to', default: 'out/mirror' },
  ],
  examples: [
    'ingot mirror nanite-server --out /media/stick/mirror',
    'ingot build nanite-server --mirror /media/stick/mirror --offline',
  ],
  async run([recipe], options, progress) {
    const images = await readImages(recipe!, options.target!, options);
    const sources = await sourcesFrom(options);
    const files = bundleOf(images);
    const folder = resolve(options.out!);
    await refuseOthers(folder, files);
    const store = await openStore();
    const end = progress.begin('mirror', folder);
    const written = await writeBundle(images, folder, { store, progress, sources });
    const total = formatBytes(files.reduce((sum, { size }) => sum + size, 0));
    end(`${files.length} files, ${written} of them new, ${total}`);
    return { text: folder, json: { folder, files: files.length, written } };
  },
};

/** What `replaceFile` adds to the name of a file that is not whole yet. */
const temporaryEnding = /\.[0-9a-f.]+-[0-9a-f]+\.tmp$/;

/** The folder is to hold the locked files and nothing else; an interrupted copy is taken up again. */
async function refuseOthers(folder: string, files: BundleFile[]): Promise<void> {
  const known = new Set(files.map(({ path }) => path));
  const others = (await listFiles(folder)).filter((path) => !known.has(path.replace(temporaryEnding, '')));
  if (!others.length) return;
  throw new IngotError('USAGE', `${folder} contains files that are not in the lock: ${shortList(others)}`, {
    hint: 'name a new folder with --out, or empty this one',
  });
}
