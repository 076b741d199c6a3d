import { expect, it } from 'vitest';
import type { NamedPackage } from '../formats/attest/inventory.ts';
import { digestOf, materialsOf } from '../formats/attest/provenance.ts';
import type { Image } from '../model/image.ts';
import type { Recipe } from '../model/types.ts';
import { codeOf } from '../resolve/fixture.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { bundleOf } from './bundle.ts';
import { readKernel } from './fragments.ts';
import { readDraft, readImage, readRecipe, readTarget } from './inputs.ts';

const code = codeOf((what) => `code of ${what}`);
const fragments = ['inference', 'reproducible'];
const recipe: Recipe = {
  ...(await readRecipe('nanite-server')),
  kernel: { version: '7.2', base: 'defconfig', fragments },
};
const image: Image = { ...(await readImage('nanite-server', 'iso')), kernel: await readKernel(recipe) };
const manifest = resolveManifest(image, code);
const nameOf = ({ type, label }: { type: string; label: string }) => `${type} ${label}`;
const kernel = manifest.stages.find(({ type }) => type === 'kernel')!;

it('asks the archive for what its kernel needs, and for no kernel', async () => {
  const target = await readTarget('iso');
  const asked = (await readDraft(await readRecipe('nanite-server'), target)).packages;
  const own = (await readDraft(recipe, target)).packages;
  expect(asked.filter((name) => !own.includes(name))).toEqual(['linux-image-amd64']);
  expect(own).toEqual([...new Set([...own, 'kmod', 'linux-base'])].sort());
});

it('is built once, by tools of its own, and stands in both roots of a medium', () => {
  const before = manifest.stages.slice(0, manifest.stages.indexOf(kernel) + 1).map(nameOf);
  expect(before).toEqual([
    'fetch tools',
    'tools tools',
    'fetch kernel-tools',
    'tools kernel-tools',
    'fetch kernel',
    'kconfig 7.2',
    'kernel-config image',
    'kernel 7.2',
  ]);
  const users = manifest.stages.filter(({ inputs }) => inputs.kernel === kernel.id).map(nameOf);
  expect(users.sort()).toEqual([
    'attest iso',
    'inventory image',
    'packages disk',
    'packages image',
    'repo disk',
    'repo image',
  ]);
});

it('is named after its source, and says so in the record', () => {
  const { version } = image.kernel!.source.packages.find(({ name }) => name === 'linux-source-7.2')!;
  const release = `${version.split('-')[0]}-ingot`;
  expect(kernel.options.product).toEqual({
    name: `linux-image-${release}`,
    version: `${version}+ingot`,
    architecture: 'amd64',
    purl: `pkg:deb/ingot/linux-image-${release}@${version}+ingot?arch=amd64`,
    release,
    source: `linux (${version})`,
  });
  const { record } = manifest.output;
  expect(record.kernel).toEqual({ release, lines: image.kernel!.lines });
  expect(record.commandLine).toEqual(image.commandLine);
});

it('another line makes another kernel of the same source, and so another image', () => {
  const lines = [...image.kernel!.lines, 'CONFIG_XFS_FS=m'];
  const other = resolveManifest({ ...image, kernel: { ...image.kernel!, lines } }, code);
  const kept = manifest.stages.filter(({ id }) => other.stages.some((stage) => stage.id === id)).map(nameOf);
  expect(kept).toEqual(expect.arrayContaining(['kconfig 7.2', 'tools kernel-tools', 'fetch image']));
  expect(kept.filter((name) => /^(kernel|repo|packages|root|iso|attest)/.test(name))).toEqual([]);
});

it('a folder that serves as a mirror has what it is made of', () => {
  const paths = bundleOf([image]).map(({ path }) => path);
  const { packages, tools } = image.kernel!.source;
  expect(paths).toEqual(expect.arrayContaining([...packages, ...tools].map(({ path }) => path)));
});

it('leaves the stages of other images as they are', async () => {
  const plain = resolveManifest(await readImage('nanite-server', 'iso'), code);
  expect(plain.stages.filter(({ type }) => type.startsWith('k'))).toEqual([]);
  expect(plain.output.record.kernel).toBeUndefined();
});

it('has its source and its tools in the provenance, and its package apart from what a lock pins', () => {
  const { kernel: of } = manifest.stages.at(-1)!.options as unknown as { kernel: NamedPackage[] };
  expect(of.map(({ name }) => name)).toEqual(expect.arrayContaining(['linux-source-7.2', 'gcc']));
  const locked = materialsOf({ packages: [], tools: [], models: [], kernel: of });
  expect(new Set(locked.map(({ annotations }) => annotations.for))).toEqual(new Set(['kernel']));
  const made = [{ ...of[0]!, name: 'linux-image' }];
  const all = materialsOf({ packages: [], tools: [], models: [], kernel: of, made });
  expect([all.length, digestOf(all)]).toEqual([locked.length + 1, digestOf(locked)]);
});
