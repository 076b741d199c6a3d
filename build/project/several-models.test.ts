import { expect, it } from 'vitest';
import type { IngotError } from '../model/errors.ts';
import type { Lock } from '../model/lock.ts';
import type { ModelUse } from '../model/models.ts';
import { codeOf } from '../resolve/fixture.ts';
import { resolveImage } from '../resolve/image.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { wholeOverlay } from '../resolve/overlay.ts';
import { readDraft, readImage, readTarget } from './inputs.ts';
import { recipe } from './refusal-fixture.ts';

const code = codeOf(() => '');
const smoke = { name: 'smoke', source: 'builtin:smoke' };
const coder: ModelUse = { name: 'coder', source: '/models/coder.gguf', role: 'code' };
const bge: ModelUse = { name: 'bge', source: '/models/bge.gguf', role: 'embed' };
const one = await readImage('nanite-server', 'qcow2');

/** The default recipe with these models, each of a size in MiB. */
async function imageOf(models: ModelUse[], mebibytes = 40) {
  const draft = await readDraft({ ...recipe, models }, await readTarget('qcow2'));
  const locked = models.map(({ name, source }, index) => {
    return { name, source, size: mebibytes * 2 ** 20, sha256: String(index).repeat(64) };
  });
  const lock: Lock = { ...one.lock, models: locked };
  return resolveImage(draft, lock, lock.asked.tools);
}

function fileOf(image: Awaited<ReturnType<typeof imageOf>>, path: string): string {
  const entry = wholeOverlay(image).find((file) => file.path === path);
  return entry?.kind === 'file' ? entry.content : '';
}

it('one model is served as ever, and nothing for several is on the image', async () => {
  const paths = wholeOverlay(await imageOf([smoke])).map(({ path }) => path);
  expect(paths).toEqual(wholeOverlay(one).map(({ path }) => path));
  expect(paths.filter((path) => /ai-default-model|several-models|served-models/.test(path))).toEqual([]);
});

it('several are named in a table, in the order of the recipe, and the first on the screen', async () => {
  const image = await imageOf([coder, smoke, bge]);
  const table = fileOf(image, 'usr/share/ai/served-models').split('\n');
  expect(table.slice(1)).toEqual([
    'coder code /usr/share/ai/models/coder.gguf',
    'smoke chat /usr/share/ai/models/smoke.gguf',
    'bge embed /usr/share/ai/models/bge.gguf',
    '',
  ]);
  const dropIn = 'usr/lib/systemd/system/llama-server.service.d/10-several-models.conf';
  expect(fileOf(image, dropIn)).toContain('--models-max 3');
  expect(fileOf(image, 'etc/motd')).toMatch(
    /coder \(code\), smoke \(chat\), bge \(embed\)\.[\s\S]*"model":"default"/,
  );
});

it('each model must be able to do what its role says', async () => {
  const { stages } = resolveManifest(await imageOf([smoke, coder, bge]), code);
  const wanted = stages.filter(({ type }) => type === 'servable').map(({ options }) => options.wanted);
  expect(wanted).toEqual([
    { role: 'chat', by: 'feature inference, which serves the first model,' },
    { role: 'code', by: 'model coder of the recipe' },
    { role: 'embed', by: 'model bge of the recipe' },
  ]);
});

it('the order and the roles are those of the recipe, whatever those of the lock', async () => {
  const image = await imageOf([smoke, bge]);
  const lock = {
    ...image.lock,
    models: image.lock.models.toReversed().map(({ role: _, ...model }) => model),
  };
  const draft = await readDraft({ ...recipe, models: [smoke, bge] }, await readTarget('qcow2'));
  expect(resolveImage(draft, lock, lock.asked.tools).lock.models).toEqual(image.lock.models);
});

it.each<[string, ModelUse[], RegExp]>([
  [
    'embeds first',
    [bge, smoke],
    /feature inference serves the first model for chat, and bge has the role embed/,
  ],
  [
    'is called default',
    [smoke, { ...coder, name: 'default' }],
    /model default would answer to a name of the first model/,
  ],
  [
    'has the name of another role',
    [smoke, { ...coder, name: 'embed' }],
    /of the first model with the role embed/,
  ],
])('a model that %s is refused by its name', async (_what, models, says) => {
  const error = { message: expect.stringMatching(says) } as IngotError;
  await expect(imageOf(models)).rejects.toThrow(expect.objectContaining(error) as IngotError);
});

it('a model that the memory of the machine cannot hold is refused, with the memory that can', async () => {
  expect((await imageOf([smoke, bge], 2048)).lock.models).toHaveLength(2);
  await expect(imageOf([smoke, bge], 2049)).rejects.toMatchObject({
    code: 'RECIPE_INVALID',
    message: expect.stringMatching(
      /model smoke takes 2049 MiB.* 2048 MiB of memory: --memory 3GiB.*; model bge/,
    ),
    hint: expect.stringContaining('machine.memoryMiB in recipes/nanite-server.ts'),
  });
});
