import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyChat } from '../gguf/tiny-models.ts';
import { startIngot } from '../testdata/ingot.ts';
import { prepareTools, removeFolders } from './support/conversion.ts';
import { sameWhereverItIsMade } from './support/conversion-checks.ts';
import { expectEveryLieNamed, expectFlippedArtifactFound, expectGood } from './support/damaged-deliveries.ts';
import { Delivered } from './support/delivered.ts';
import { plants } from './support/hygiene-plants.ts';
import { buildDefaultImage } from './support/images.ts';
import { judgeChanged, openPlantedRoot, type PlantedRoot } from './support/planted-root.ts';
import { servable } from './support/servable-models.ts';
import { ModelTrial } from './support/try-models.ts';
import { unservable } from './support/unservable-models.ts';

const without = (capability: string) => [
  'setpriv',
  `--bounding-set=-${capability}`,
  `--inh-caps=-${capability}`,
];

describe('ingot check', () => {
  let delivered: Delivered;
  beforeAll(async () => {
    delivered = await Delivered.of(await buildDefaultImage());
  });
  afterAll(() => delivered.remove());

  test('finds nothing wrong with what a build delivers', async () => expectGood(delivered));
  test('finds one flipped bit of the artifact', async () => expectFlippedArtifactFound(delivered));
  test('names every lie at once', async () => expectEveryLieNamed(delivered));
});

describe('a host that does not let root do everything', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ingot-host-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const inNamespace = (script: string, user = ['--user', '--map-root-user']) => [
    ...['unshare', '--mount', ...user, 'sh', '-c', `${script}; exec "$0" "$@"`],
  ];

  test.each<[string, string[], string, RegExp]>([
    ['namespaces', without('sys_admin'), 'NO_SANDBOX', /namespaces here.*--privileged.*--cap-add SYS_ADMIN/],
    ['another root', without('sys_chroot'), 'NO_SANDBOX', /change the root directory.*--cap-add SYS_CHROOT/],
    ['the ids of other users', inNamespace(':'), 'PATH_UNUSABLE', /give files to other users.*\/etc\/subuid/],
    [
      'programs in the store',
      inNamespace('mkdir "$INGOT_STORE"; mount -t tmpfs -o noexec store "$INGOT_STORE"', []),
      'PATH_UNUSABLE',
      /does not run programs.*INGOT_STORE/,
    ],
  ])('%s are missing: build says so before it fetches anything', async (_what, prefix, code, says) => {
    const env = {
      INGOT_STORE: join(folder, `${code}-${prefix.length}`),
      INGOT_DEBIAN_MIRROR: 'http://127.0.0.1:9',
    };
    const ended = await startIngot(['build', 'nanite-server'], env, { prefix }).ended;
    expect(ended.status).toBe(5);
    expect(ended.stderr).toMatch(new RegExp(`"error":"${code}"`));
    expect(ended.stderr).toMatch(says);
    expect(ended.stderr).not.toContain('"step"');
  });
});

describe('hygiene', () => {
  /** One of each kind: identity, credentials, accounts, modes, packages, units, SSH, and what nobody owns. */
  const sample = [
    'machine-id',
    'private-key',
    'password',
    'set-uid',
    'altered-files',
    'masked-units',
    'ssh-root',
    'unowned-files',
  ];
  let root: PlantedRoot;
  beforeAll(async () => {
    root = await openPlantedRoot();
  });

  test('finds nothing in the root as it is', async () => {
    expect(await judgeChanged(root, ':', 'altered-files private-key')).toEqual([]);
  });

  test.each(sample)('finds a planted violation of %s', async (check) => {
    const [, script, ...also] = plants.find(([name]) => name === check)!;
    const findings = await judgeChanged(root, script, check);
    expect(findings.map((finding) => finding.check.name).sort()).toEqual([check, ...also].sort());
  });
});

describe('a model', () => {
  /** One of each kind; all are in servable.night.ts. */
  const sample = [
    'without heads',
    'without a tokenizer',
    'with an unknown pre-tokenizer',
    'without output_norm.weight',
    'with layers of a draft',
    'with a template that breaks off',
    'an adapter',
    'a diffusion model',
  ];
  let trial: ModelTrial;
  beforeAll(async () => {
    trial = await ModelTrial.with(await prepareTools());
  });
  afterAll(() => trial.remove());

  test.each(sample)('%s is refused with the words of llama.cpp', async (name) => {
    const [, model, words] = unservable.find(([known]) => known === name)!;
    const refused = { code: 'MODEL_INVALID', message: expect.stringMatching(words) };
    await expect(trial.check(model())).rejects.toMatchObject(refused);
  });

  test('model check asks llama.cpp, and says so where it cannot', async () => {
    const check = (prefix: string[]) =>
      startIngot(['model', 'check', trial.write(tinyChat())], {}, { prefix }).ended;
    expect(JSON.parse((await check([])).stdout)).toMatchObject({ role: 'chat' });
    const ended = await check(without('sys_admin'));
    expect(ended.status).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      notChecked: expect.stringMatching(/whether llama\.cpp can serve it: .*namespaces/),
    });
  });

  test.each(['a chat model', 'a BERT', 'a BERT that ranks'])('%s serves for what it is', async (name) => {
    const [, model, role] = servable.find(([known]) => known === name)!;
    expect(await trial.check(model())).toMatchObject({ role });
  });
});

describe('a conversion', () => {
  beforeAll(prepareTools);
  afterAll(removeFolders);
  describe.each(['qcow2 zstd', 'vmdk deflate'])('%s', sameWhereverItIsMade);
});
