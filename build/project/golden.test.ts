import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Program } from '../model/distro.ts';
import type { Image } from '../model/image.ts';
import type { Manifest, Tree } from '../model/types.ts';
import { codeOf } from '../resolve/fixture.ts';
import { imageOf } from '../resolve/image.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { wholeOverlay } from '../resolve/overlay.ts';
import type { StageCode } from '../resolve/stage.ts';
import { renderTree } from '../resolve/tree.ts';
import { lockedPackage } from '../schema/fixture.ts';
import { readImage, recipeNames, targetNames } from './inputs.ts';
import { readStageCode } from './stage-code.ts';

// Run `npx vitest run --project unit build/project/golden -u` to write them again; the diff is the effect on
// the image.
const folder = new URL('../testdata/golden/', import.meta.url);
const [recipes, targets] = [await recipeNames(), await targetNames()];
// What targets differ in is seen with one recipe; of the others a medium and a disk tell everything.
const targetsOf = (recipe: string) => (recipe === 'nanite-server' ? targets : ['iso', 'qcow2']);
const pairs = recipes.flatMap((recipe) => targetsOf(recipe).map((target) => [recipe, target] as const));
const { distros, backends } = await readStageCode();
// Without the programs' texts: an edit of one changes ids, and no golden.
const named = JSON.stringify({ distros, backends }, (key, value) =>
  /\.(sh|py)$|^checks$/.test(key) ? '' : value,
);
const code: StageCode = { ...codeOf(() => ''), ...JSON.parse(named) };

it.each(pairs)('%s as %s: the tree that the stock tool is given', async (recipe, target) => {
  const image = await sample(recipe, target);
  const tree = [...renderTree(image), ...(image.target.medium === 'disk' ? rootFiles(image) : [])];
  await expect(readable(tree)).toMatchFileSnapshot(new URL(`${recipe}.${target}.tree`, folder).pathname);
});

it.each(pairs)('%s as %s: the stages that make it', async (recipe, target) => {
  const manifest = resolveManifest(await sample(recipe, target), code);
  const file = new URL(`${recipe}.${target}.manifest.json`, folder).pathname;
  await expect(`${JSON.stringify(outline(manifest), null, 2)}\n`).toMatchFileSnapshot(file);
});

it('has no golden of a recipe or target that is gone', () => {
  const known = pairs.flatMap(([recipe, target]) =>
    ['tree', 'manifest.json'].map((ext) => `${recipe}.${target}.${ext}`),
  );
  expect(readdirSync(folder).filter((name) => !known.includes(name))).toEqual([]);
});

/** The real image with two packages and a fixed date in its lock, so that locking again changes no golden. */
async function sample(recipe: string, target: string): Promise<Image> {
  const image = await readImage(recipe, target);
  const packages = [lockedPackage('apt'), lockedPackage('zstd', 'b')];
  const lock = {
    ...image.lock,
    release: { ...image.lock.release, date: '2026-01-02T03:04:05.000Z' },
    sourceDateEpoch: 1767323045,
    sets: image.lock.sets.map((set) => ({ ...set, packages: packages.map(({ name }) => name) })),
    packages,
    tools: [lockedPackage('xorriso', 'c')],
  };
  return imageOf(image, lock);
}

/** What live-build gets with its tree, and a disk with its root. */
function rootFiles(image: Image): Tree {
  return wholeOverlay(image).map((entry) => ({ ...entry, path: `root/${entry.path}` }));
}

/** `mode uid:gid path`, and below it the content, indented. */
function readable(tree: Tree): string {
  const blocks = tree.map((entry) => {
    const head = `${entry.mode.toString(8).padStart(4, '0')} ${entry.uid}:${entry.gid} ${entry.path}`;
    if (entry.kind === 'directory') return `${head}/\n`;
    if (entry.kind === 'symlink') return `${head} -> ${entry.to}\n`;
    if (entry.kind === 'artifact') return `${head} <- ${entry.file} of stage ${entry.stage}\n`;
    const lines = entry.content.split('\n').map((line) => (line ? `    ${line}` : ''));
    if (lines.at(-1) === '') return `${head}\n${lines.slice(0, -1).join('\n')}\n`;
    return `${head}\n${lines.join('\n')}\n    (no newline at the end)\n`;
  });
  return blocks.join('\n');
}

/**
 * Ids move with the code, so stages name each other; trees are in the other golden, so paths stand for them;
 * programs are files of the repository, so their names do.
 */
function outline({ stages, output }: Manifest): object {
  const names = new Map(stages.map(({ id, type, label }) => [id, `${type} ${label}`]));
  const { manifest: _id, toolsStage, modelsStage, ...record } = output.record;
  const shown = (options: object) =>
    Object.entries(options)
      .filter(([key]) => key !== 'packages')
      .map(([key, value]) => [key, outlined(key, value)]);
  return {
    stages: stages.map(({ id, inputs, options }) => ({
      stage: names.get(id),
      inputs: Object.fromEntries(Object.entries(inputs).map(([role, input]) => [role, names.get(input)])),
      options: Object.fromEntries(shown(options)),
    })),
    output: { ...record, toolsStage: names.get(toolsStage), modelsStage: names.get(modelsStage) },
  };
}

function outlined(key: string, value: unknown): unknown {
  if (key === 'tree' || key === 'overlay') return (value as Tree).map(({ path }) => path);
  // The same for nearly all images, and in the definitions of the features and the base.
  if (key === 'expected') return { ...(value as object), allowed: undefined, modes: undefined };
  return isProgram(value) ? Object.keys(value.files) : value;
}

function isProgram(value: unknown): value is Program {
  return typeof value === 'object' && value !== null && 'run' in value && 'files' in value;
}
