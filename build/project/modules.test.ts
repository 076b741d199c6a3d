import { expect, it } from 'vitest';
import { readOverlay } from '../host/fs/drawers.ts';
import type { OverlayFile } from '../model/image.ts';
import { resolveDraft } from '../resolve/draft.ts';
import { moduleNameOf, modulesOf } from '../resolve/modules.ts';
import { readAllDrawers } from './drawers.ts';
import { readTarget } from './inputs.ts';
import { recipe } from './refusal-fixture.ts';

const overlay = (await readOverlay('modules', {})).filter(({ path }) => path.endsWith('.yaml'));
const vllm = overlay.find(({ path }) => path.endsWith('/vllm.yaml'))!;
const part = "{ name: store, source: { type: image, name: docker.io/store, version: '1' } }";

/** The manifest of one module with another text in place of one that it has. */
function changed(from: string | RegExp, to: string, name = 'vllm'): OverlayFile {
  expect(vllm.content).toMatch(from);
  return { ...vllm, path: vllm.path.replace('vllm', name), content: vllm.content.replace(from, to) };
}

it('every module has something that starts it, and a port of its own', () => {
  const { files, ports } = modulesOf(overlay, {});
  const started = files.map(({ path }) => path.replace(/.*\/([^.]+)\.(container|service)$/, '$1'));
  expect(started).toEqual(expect.arrayContaining(overlay.map(({ path }) => moduleNameOf({ path }))));
  expect(overlay.length).toBeGreaterThan(10);
  expect(ports).toContain('tcp 8101 vllm');
});

it('a container gets no image when it starts, publishes on loopback, and keeps its data in /var/ai-data', () => {
  const [quadlet] = modulesOf([vllm], {}).files;
  expect(quadlet).toMatchObject({ path: 'usr/share/containers/systemd/vllm.container', mode: 0o644 });
  const lines = quadlet!.content.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'Image=docker.io/vllm/vllm-openai:v0.33.0',
      'Pull=never',
      'PublishPort=127.0.0.1:8101:8000',
      'Volume=/var/ai-data/modules/vllm/root/.cache/huggingface:/root/.cache/huggingface',
    ]),
  );
  expect(lines).not.toContain('[Install]');
});

it('a known digest names the image', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const [quadlet] = modulesOf([changed("  version: 'v0.33.0'", `  digest: ${digest}`)], {}).files;
  expect(quadlet!.content).toContain(`Image=docker.io/vllm/vllm-openai@${digest}\n`);
});

it('parts of a module share its network, have passwords of their own, and end with it', () => {
  const ragflow = overlay.find(({ path }) => path.endsWith('/ragflow.yaml'))!;
  const files = new Map(
    modulesOf([ragflow], {}).files.map(({ path, content }) => [path.split('/').at(-1)!, content.split('\n')]),
  );
  const parts = ['mysql', 'minio', 'elasticsearch', 'valkey'];
  expect([...files.keys()]).toEqual([
    'ragflow.pod',
    'ragflow.container',
    ...parts.map((part) => `ragflow-${part}.container`),
  ]);
  const published = [...files].flatMap(([file, lines]) =>
    lines.filter((line) => line.startsWith('PublishPort=')).map((line) => `${file} ${line}`),
  );
  expect(published).toEqual(['ragflow.pod PublishPort=127.0.0.1:8114:80']);
  const passwords = '/var/ai-data/modules/ragflow/passwords';
  for (const part of parts) {
    expect(files.get(`ragflow-${part}.container`)).toEqual(
      expect.arrayContaining([
        'Pod=ragflow.pod',
        'PartOf=ragflow.service',
        `EnvironmentFile=${passwords}/${part}`,
        expect.stringContaining(`module-password ${passwords}/${part} `),
      ]),
    );
    expect(files.get('ragflow.container')).toContain(`EnvironmentFile=${passwords}/${part}`);
  }
  expect(files.get('ragflow-elasticsearch.container')).toContain(
    'ExecStartPre=/usr/bin/install --directory --owner=1000 ' +
      '/var/ai-data/modules/ragflow/elasticsearch/usr/share/elasticsearch/data',
  );
});

it('what a module needs is started before it, by the name of its unit', () => {
  const needy = changed('ramGiB: 16', 'needs: [inference, ollama]');
  const units = { inference: 'llama-server.service', ollama: 'ollama.service' };
  const [quadlet] = modulesOf([needy], units).files;
  expect(quadlet!.content).toContain(
    'Wants=llama-server.service ollama.service\nAfter=llama-server.service ollama.service\n',
  );
});

it('a recipe that lacks what a module needs is refused', async () => {
  const drawers = await readAllDrawers();
  const needy = { ...drawers.modules!, overlay: [changed('ramGiB: 16', 'needs: [inference, postgresql]')] };
  const resolve = async (...names: string[]) => {
    const features = [...recipe.features, ...names.map((name) => ({ name, options: {} }))];
    const target = await readTarget('qcow2');
    return resolveDraft({ recipe: { ...recipe, features }, target, drawers: { ...drawers, modules: needy } });
  };
  await expect(resolve('podman', 'modules')).rejects.toThrow(/^module vllm needs postgresql, which/);
  await expect(resolve('podman', 'modules', 'postgresql')).resolves.toBeDefined();
});

it.each<[string, () => OverlayFile[], RegExp]>([
  ['a port that none is', () => [changed('8101', '70000')], /^module vllm: .*host must be <= 65535/],
  [
    'two modules on one port',
    () => [vllm, changed('name: vllm', 'name: other', 'other')],
    /^module other takes port 8101, which module vllm has$/,
  ],
  [
    'a field that nobody knows',
    () => [changed('ramGiB: 16', 'ram: 16')],
    /^module vllm: .* has "ram", which is not known/,
  ],
  [
    "a name that is not its file's",
    () => [changed('name: vllm', 'name: vlm')],
    /^module vllm has the name vlm in its file$/,
  ],
  [
    'a container made of a wheel',
    () => [changed('type: image', 'type: wheel')],
    /^module vllm is a container, and its source is of type wheel$/,
  ],
  [
    'a need that nothing on the image meets',
    () => [changed('ramGiB: 16', 'needs: [inference, milvus]')],
    /^module vllm needs milvus, which is no module of the image and no feature of the recipe that serves others$/,
  ],
  [
    'two parts of one name',
    () => [changed('ramGiB: 16', `parts: [${part}, ${part}]`)],
    /^module vllm has two parts of the name store$/,
  ],
  [
    'a part without a version',
    () => [changed('ramGiB: 16', `parts: [${part.replace(", version: '1'", '')}]`)],
    /^module vllm: store has an image without version or digest$/,
  ],
  [
    'an image without a version',
    () => [changed("  version: 'v0.33.0'\n", '')],
    /^module vllm has an image without version or digest$/,
  ],
])('refuses %s', (_what, files, message) => {
  expect(() => modulesOf(files(), { inference: 'llama-server.service' })).toThrow(
    expect.objectContaining({ code: 'RECIPE_INVALID', message: expect.stringMatching(message) }) as Error,
  );
});
