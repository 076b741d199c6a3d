import { expect, it } from 'vitest';
import { readOverlay } from '../host/fs/drawers.ts';
import type { OverlayFile } from '../model/image.ts';
import { modulesOf } from '../resolve/modules.ts';

const overlay = (await readOverlay('modules', {})).filter(({ path }) => path.endsWith('.yaml'));
const vllm = overlay.find(({ path }) => path.endsWith('/vllm.yaml'))!;

/** The manifest of one module with another text in place of one that it has. */
function changed(from: string | RegExp, to: string, name = 'vllm'): OverlayFile {
  expect(vllm.content).toMatch(from);
  return { ...vllm, path: vllm.path.replace('vllm', name), content: vllm.content.replace(from, to) };
}

it('every module has something that starts it, and a port of its own', () => {
  const { files, ports } = modulesOf(overlay);
  expect(files).toHaveLength(overlay.length);
  expect(overlay.length).toBeGreaterThan(10);
  expect(ports).toContain('tcp 8101 vllm');
});

it('a container gets no image when it starts, publishes on loopback, and keeps its data in /var/ai-data', () => {
  const [quadlet] = modulesOf([vllm]).files;
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
  const [quadlet] = modulesOf([changed("  version: 'v0.33.0'", `  digest: ${digest}`)]).files;
  expect(quadlet!.content).toContain(`Image=docker.io/vllm/vllm-openai@${digest}\n`);
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
    'an image without a version',
    () => [changed("  version: 'v0.33.0'\n", '')],
    /^module vllm has an image without version or digest$/,
  ],
])('refuses %s', (_what, files, message) => {
  expect(() => modulesOf(files())).toThrow(
    expect.objectContaining({ code: 'RECIPE_INVALID', message: expect.stringMatching(message) }) as Error,
  );
});
