import { expect, it } from 'vitest';
import type { Image } from '../model/image.ts';
import type { StageType, TreeEntry } from '../model/types.ts';
import { commandLineOf } from '../resolve/disk.ts';
import { codeOf } from '../resolve/fixture.ts';
import { imageOf } from '../resolve/image.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { readImage } from './inputs.ts';

const image = await readImage('nanite-server', 'iso');
const code = codeOf((what) => `code of ${what}`);
const manifest = resolveManifest(image, code);
const names = manifest.stages.map(({ type, label }) => `${type} ${label}`);

const attest = ['attest iso'];
const iso = ['iso iso', ...attest];
const installer = ['installer iso', ...iso];
const hygiene = ['hygiene image', ...iso];
const inventory = ['inventory image', ...attest];
const root = ['root image', ...hygiene, ...inventory, ...installer];
const packages = ['packages image', ...root];
const repo = ['repo image', ...packages];
// The same for the root that the medium installs.
const hygieneOfDisk = ['hygiene disk', ...installer];
const rootOfDisk = ['root disk', ...hygieneOfDisk];
const packagesOfDisk = ['packages disk', ...rootOfDisk];
const repoOfDisk = ['repo disk', ...packagesOfDisk];
const models = ['models image', ...iso];
const servable = ['servable smoke', ...models];
// What is fetched for the image comes from the mirror, whatever tools there are.
const tools = ['tools tools', ...repo, ...repoOfDisk, ...servable];

// What somebody may edit in an image, and the stages that have to run again.
const edits: [string, (image: Image) => unknown, string[]][] = [
  ['nothing', () => {}, []],
  ['a file of an overlay', (i) => edit(i, 'system', 'etc/hosts'), [...root, ...rootOfDisk]],
  [
    'a file that packages are installed by',
    (i) => edit(i, 'live', 'etc/initramfs-tools/conf.d/ingot.conf'),
    packages,
  ],
  [
    'which file packages read while they are configured',
    (i) => i.features.find(({ name }) => name === 'console')!.early.push('etc/motd'),
    packages,
  ],
  [
    "a file's mode",
    (i) => set(file(i, 'console', 'etc/sudoers.d/console'), { mode: 0o600 }),
    [...root, ...rootOfDisk],
  ],
  ['a value that a template places', (i) => set(effect(i, 'inference').values!, { port: 1234 }), root],
  ['a unit that a feature enables', (i) => effect(i, 'ssh').enable!.push('x.service'), root],
  ['a unit that a feature masks', (i) => effect(i, 'live').mask!.push('x.timer'), root],
  [
    'the version of a package',
    (i) => set(i.lock.packages[0]!, { version: '9' }),
    ['fetch image', ...repo, 'fetch disk', ...repoOfDisk],
  ],
  [
    'a package of the disk alone',
    (i) => set(packageOfDisk(i), { version: '9' }),
    ['fetch disk', ...repoOfDisk],
  ],
  [
    'a file of the disk alone',
    (i) => edit(i.installed!, 'disk', 'usr/libexec/ingot/tidy-entries'),
    rootOfDisk,
  ],
  ['a model', (i) => set(i.lock.models[0]!, { sha256: '0'.repeat(64) }), servable],
  [
    'what the first model is served for',
    (i) => set(effect(i, 'inference'), { needsModel: 'rerank' }),
    servable,
  ],
  ['the kernel command line', (i) => effect(i, 'live').kernelCommandLine!.push('quiet'), iso],
  ['the compression of the medium', (i) => set(i.target, { compression: 'xz' }), iso],
  ['the version of a tool', (i) => set(i.lock.tools[0]!, { version: '9' }), ['fetch tools', ...tools]],
  ['the date of the lock', (i) => set(i.lock, { sourceDateEpoch: 1 }), names],
  ['the suite', (i) => set(i.recipe, { base: 'trixie' }), tools],
  ['what a boot must reach', (i) => set(i.recipe.smoke.throughputRatio, { kvm: 0.9 }), []],
  ['the memory of the test machine', (i) => set(i.recipe.machine, { memoryMiB: 4096 }), []],
];

it.each(edits)(
  'an edit of %s makes again what depends on it, and nothing else',
  (_what, change, expected) => {
    const edited = structuredClone(image);
    change(edited);
    expect(changed(resolveManifest(decided(edited), code))).toEqual(
      names.filter((name) => expected.includes(name)),
    );
  },
);

it.each<[StageType, string[]]>([
  // Packages are kept by hash, so fetching again downloads nothing; their folder is linked again.
  ['fetch', names],
  ['tools', tools],
  ['repo', [...repo, ...repoOfDisk]],
  ['packages', [...packages, ...packagesOfDisk]],
  ['root', [...root, ...rootOfDisk]],
  ['hygiene', [...hygiene, ...hygieneOfDisk]],
  ['inventory', inventory],
  ['servable', servable],
  ['models', models],
  ['installer', installer],
  ['iso', iso],
  ['attest', attest],
])('edited code of the stage %s runs it again, and what stands on it', (type, expected) => {
  const rebuilt = changed(resolveManifest(image, { ...code, [type]: 'edited' }));
  expect(rebuilt).toEqual(names.filter((name) => expected.includes(name)));
});

it("an edit of a distribution's own checks judges the root again", () => {
  const { debian } = code.distros;
  const edited = { ...code, distros: { debian: { ...debian, checks: 'edited' } } };
  const judged = [...hygiene, ...hygieneOfDisk];
  expect(changed(resolveManifest(image, edited))).toEqual(names.filter((name) => judged.includes(name)));
});

function changed({ stages }: { stages: { id: string }[] }): string[] {
  return names.filter((_, index) => stages[index]!.id !== manifest.stages[index]!.id);
}

/** What follows from the recipe, the target and the features, decided for the edited ones. */
function decided(edited: Image): Image {
  const { recipe, target, features, disk, lock, installed } = edited;
  const commandLine = commandLineOf(recipe, target, features, disk);
  const image = imageOf({ ...edited, commandLine, installed: undefined }, lock);
  return installed ? { ...image, installed: decided(installed) } : image;
}

/** One that the live root has not. */
function packageOfDisk({ lock, installed }: Image) {
  return installed!.lock.packages.find((one) => !lock.packages.includes(one))!;
}

function effect(of: Image, feature: string) {
  return of.features.find(({ name }) => name === feature)!.effect;
}

function file(of: Image, feature: string, path: string) {
  const { overlay } = of.features.find(({ name }) => name === feature)!;
  return overlay.find((entry: Pick<TreeEntry, 'path'>) => entry.path === path)!;
}

function set(target: object, values: object): void {
  Object.assign(target, values);
}

function edit(of: Image, feature: string, path: string): void {
  file(of, feature, path).content += '\n# edited\n';
}
