import { expect, it } from 'vitest';
import { codeOf } from '../resolve/fixture.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { recordSchema } from '../schema/schemas.ts';
import { validate } from '../schema/validate.ts';
import { readImage } from './inputs.ts';

const image = await readImage('nanite-server', 'iso');
const code = codeOf((what) => `code of ${what}`);
const manifest = resolveManifest(image, code);

it('gives the same image the same ids, whatever the order of its keys', () => {
  const reordered = JSON.parse(JSON.stringify(image, Object.keys(flat(image)).sort().reverse()));
  expect(Object.keys(reordered)).not.toEqual(Object.keys(image));
  expect(resolveManifest(reordered, code)).toEqual(manifest);
});

it('lists every stage behind those that it stands on, each once', () => {
  const ids = manifest.stages.map((stage) => stage.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [index, { inputs }] of manifest.stages.entries())
    for (const input of Object.values(inputs)) expect(ids.slice(0, index)).toContain(input);
});

it('names file, record and manifest after what is in them', () => {
  const { id, output, stages } = manifest;
  expect(output.fileName).toBe(`nanite-server-${image.version}-x86_64.iso`);
  expect(output.record).toMatchObject({ file: output.fileName, manifest: id, smoke: image.recipe.smoke });
  expect(stages.find((stage) => stage.id === output.record.toolsStage)?.type).toBe('tools');
  expect(stages.find((stage) => stage.id === output.record.modelsStage)?.type).toBe('models');
  const listeners = output.record.features.flatMap((feature) => feature.listeners);
  expect(listeners).toEqual(['udp 68 systemd-network', 'udp 546 systemd-network', 'tcp 22 sshd']);
  const record = { ...output.record, sha256: '0'.repeat(64), size: 1 };
  expect(validate(recordSchema, record, 'record')).toEqual(record);
  const longer = structuredClone(image);
  longer.commandLine.push('quiet');
  expect(resolveManifest(longer, code).id).not.toBe(id);
});

/** Every key at any depth, so that JSON.stringify can be told their order. */
function flat(value: unknown): Record<string, true> {
  if (!value || typeof value !== 'object') return {};
  const deeper = Object.values(value).map(flat);
  return Object.assign(
    {},
    ...deeper,
    Array.isArray(value) ? {} : Object.fromEntries(Object.keys(value).map((k) => [k, true])),
  );
}
