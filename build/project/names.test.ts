import { expect, it } from 'vitest';
import type { FeatureEffect } from '../model/effect.ts';
import type { IngotError } from '../model/errors.ts';
import type { FeatureUse, Recipe } from '../model/types.ts';
import { type Drawers, resolveDraft } from '../resolve/draft.ts';
import { drawersOf, plainTarget, recipeOf } from '../resolve/fixture.ts';
import { recipeSchema } from '../schema/schemas.ts';
import { validate } from '../schema/validate.ts';
import { readDraft, readTarget } from './inputs.ts';
import { recipe } from './refusal-fixture.ts';

/** What `plan` says of the default recipe when a feature has other options. */
async function refusal(target: string, ...uses: FeatureUse[]): Promise<string> {
  const others = recipe.features.filter(({ name }) => !uses.some((use) => use.name === name));
  return readDraft({ ...recipe, features: [...others, ...uses] }, await readTarget(target)).then(
    () => expect.unreachable('it was accepted'),
    (error: IngotError) => error.message,
  );
}

const use = (name: string, options: FeatureUse['options']): FeatureUse => ({ name, options });
const debian = (name: string) => `takes the name ${name}, which is an account of Debian: choose another`;

it.each([
  // Of the base, of a package, of a group alone, of another feature.
  ...['root', 'daemon', 'nobody', 'sshd', 'systemd-network', 'messagebus', 'sudo', 'shadow', 'users'].map(
    (name) => [name, debian(name)] as const,
  ),
  ['llama-server', 'both make the account llama-server: choose another name'] as const,
  ['a'.repeat(40), `.user "${'a'.repeat(40)}" has 40 characters, and at most 31 are possible`] as const,
  ['1st', '.user "1st" is not made of letters a to z, digits, hyphens and underscores'] as const,
])('refuses the user %s of the console and of a cloud', async (user, told) => {
  expect(await refusal('iso', use('console', { user }))).toContain(told);
  expect(await refusal('aws', use('cloud-init', { user, datasource: 'Ec2' }))).toContain(told);
});

it('takes a user whose name YAML has another meaning for, and writes it as a word', async () => {
  const features = [...recipe.features, use('cloud-init', { user: 'no', datasource: 'Ec2' })];
  const draft = await readDraft({ ...recipe, features }, await readTarget('aws'));
  const { effect } = draft.features.find(({ name }) => name === 'cloud-init')!;
  expect(effect).toMatchObject({ metadata: { user: 'no' }, values: { user: 'no', userInYaml: '"no"' } });
});

it.each([
  ['system', { hostname: 'box-' }, '.hostname "box-" is not made of'],
  ['system', { hostname: 'h'.repeat(70) }, 'has 70 characters, and at most 63 are possible'],
  ['system', { hostname: 'localhost' }, '.hostname "localhost" means every machine itself, on every machine'],
  ['zram', { maximumMiB: 1e300 }, '.maximumMiB must be <= 67108864'],
  [
    'disk',
    { drivers: ['virtio-blk'] },
    '.drivers.0 "virtio-blk" is not made of letters, digits and underscores',
  ],
])('refuses feature %s with %j', async (feature, options, told) => {
  expect(await refusal('qcow2', use(feature, options))).toContain(told);
});

it.each<[string, Partial<Recipe>, string]>([
  ['a recipe', { name: 'box+2' }, '.name "box+2" is not made of letters a to z, digits, dots and hyphens'],
  ['a summary', { summary: 'two\nlines' }, '.summary "two\\nlines" is more than one line of text'],
  ['a model', { models: [{ name: 'm'.repeat(300), source: 'builtin:smoke' }] }, 'has 300 characters'],
  [
    'a partition',
    { disk: { ...recipe.disk, partitions: [{ name: 'p'.repeat(37), role: 'root' }] } },
    'has 37 characters, and at most 36 are possible',
  ],
])('refuses the name of %s', (_what, changes, told) => {
  expect(() => validate(recipeSchema, { ...recipe, ...changes }, 'recipe')).toThrow(told);
});

it.each(['umask=888', 'umask=', 'uid=me', 'errors=ignore', 'x-systemd.idle-timeout=soon', 'utf8='])(
  'refuses the mount option %s, with which nothing would be mounted',
  async (option) => {
    const changed = structuredClone(recipe);
    changed.disk.partitions.find(({ role }) => role === 'esp')!.options!.push(option);
    await expect(readDraft(changed, await readTarget('qcow2'))).rejects.toThrow(
      `mount option ${option} of /efi has a value that it does not take`,
    );
  },
);

it.each<[string, { [feature: string]: Drawers }, string[]]>([
  [
    'a port that two programs take',
    { ...brings('web', ['tcp 80 nginx']), ...brings('other', ['tcp 80 apache2']) },
    ['features other and web both take tcp port 80, for apache2 and nginx'],
  ],
  [
    'a port that one takes on loopback alone',
    { ...brings('web', ['tcp 9931 nginx']), ...drawersOf('model', { ports: ['tcp 9931 llama-server'] }) },
    ['features model and web both take tcp port 9931, for llama-server and nginx'],
  ],
  [
    'nothing of a port that two need the same program on, and of another protocol',
    { ...brings('a', ['udp 5353 avahi-daemon']), ...brings('b', ['udp 5353 avahi-daemon', 'tcp 5353 x']) },
    [],
  ],
  [
    'user ids that are taken',
    { ...declares('a', 'u ann 1000 "Ann"\nu web 33'), ...declares('b', 'u bob 1000:1000 "Bob"\nu c -') },
    [
      'feature a and feature b both take the user id 1000',
      'Debian for www-data and feature a both take the user id 33',
    ],
  ],
  [
    'a listener that is none',
    brings('web', ['tcp 70000 nginx', '80']),
    ['the listener "tcp 70000 nginx", which', 'the listener "80", which'],
  ],
  [
    'what is no unit',
    drawersOf('odd', { enable: ['a b.service', 'x', 'ok@1.timer'], mask: ['../y.service'] }),
    ['feature odd names "../y.service", which is no unit\'s name', '"a b.service"', 'feature odd names "x"'],
  ],
  [
    'words that do not reach the kernel',
    drawersOf('odd', { kernelCommandLine: ['a b', 'c="d"', 'é', 'quiet', 'x=y,z:0'] }),
    ['has the kernel word "a b"', 'has the kernel word "c=\\"d\\""', 'has the kernel word "é"'],
  ],
  [
    'a command line that is too long',
    drawersOf('odd', { kernelCommandLine: Array.from({ length: 300 }, (_, i) => `word=${i}`) }),
    ['the kernel command line has 2589 characters, and the kernel reads 2047'],
  ],
  [
    'accounts of sysusers.d that are taken or that sysusers does not take',
    { ...declares('a', 'u www-data - "x"\ng ok\nu 9x -'), ...declares('b', 'u a -\ng ok\nu ok -') },
    [
      'feature a declares the account 9x, which is not made of',
      `feature a ${debian('www-data')}`,
      'feature a and feature b both make the account ok: choose another name',
    ],
  ],
])('says of features: %s', (_what, drawers, told) => {
  const refused = (): string => {
    try {
      resolveDraft({ recipe: recipeOf(Object.keys(drawers).sort()), target: plainTarget, drawers });
      return '';
    } catch (error) {
      return (error as IngotError).message;
    }
  };
  const message = refused();
  for (const problem of told) expect(message).toContain(problem);
  expect(message.split('; ').filter(Boolean)).toHaveLength(told.length);
});

/** A feature with listeners that hygiene lets pass. */
function brings(
  name: string,
  listeners: string[],
  effect: FeatureEffect = {},
): { [feature: string]: Drawers } {
  const drawers = drawersOf(name, effect);
  const { definition } = drawers[name]!.feature;
  definition.hygiene = { listeners: Object.fromEntries(listeners.map((one) => [one, 'for a test'])) };
  return drawers;
}

/** A feature with a file of sysusers.d. */
function declares(name: string, content: string): { [feature: string]: Drawers } {
  const drawers = drawersOf(name, {}, { overlay: [`usr/lib/sysusers.d/${name}.conf`] });
  for (const file of drawers[name]!.overlay) file.content = content;
  return drawers;
}
