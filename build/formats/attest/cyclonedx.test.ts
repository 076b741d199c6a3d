import { expect, it } from 'vitest';
import { validateCycloneDx } from '../../schema/cyclonedx.ts';
import { renderCycloneDx } from './cyclonedx.ts';
import { sampleInventory } from './fixture.ts';

const text = renderCycloneDx(sampleInventory());
const document = JSON.parse(text);

it('is what the published schema of CycloneDX 1.6 allows', async () => {
  expect(document.specVersion).toBe('1.6');
  await expect(validateCycloneDx(text, 'sbom')).resolves.toBeUndefined();
});

it.each<[string, (changed: typeof document) => void, RegExp]>([
  [
    'a version that is no number',
    (d) => Object.assign(d, { version: 'one' }),
    /^sbom: \/version must be integer$/,
  ],
  [
    'a short hash',
    (d) => Object.assign(d.components[0].hashes[0], { content: 'ab' }),
    /hashes\/0\/content must match/,
  ],
  [
    'an unknown field',
    (d) => Object.assign(d.components[1], { colour: 'red' }),
    /components\/1 must NOT have/,
  ],
])('the schema would notice %s', async (_what, change, problem) => {
  const changed = structuredClone(document);
  change(changed);
  await expect(validateCycloneDx(JSON.stringify(changed), 'sbom')).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringMatching(problem),
  });
});

it('describes a package by name, version, supplier, file, hash, licence and purl', () => {
  expect(document.components[1]).toEqual({
    type: 'application',
    'bom-ref': 'pkg:deb/debian/zstd@1.5-1?arch=amd64&distro=forky',
    name: 'zstd',
    version: '1.5-1',
    purl: 'pkg:deb/debian/zstd@1.5-1?arch=amd64&distro=forky',
    supplier: { name: 'Packaging Team', contact: [{ email: 'team@example.org' }] },
    hashes: [{ alg: 'SHA-256', content: 'b'.repeat(64) }],
    licenses: [
      { expression: '(BSD-3-Clause OR GPL-2.0-only) AND LicenseRef-own', acknowledgement: 'declared' },
    ],
    externalReferences: [
      { type: 'distribution', url: 'pool/main/libz/libzstd/zstd_1.5-1_amd64.deb' },
      { type: 'website', url: 'https://example.org/zstd' },
    ],
    properties: [
      { name: 'ingot:architecture', value: 'amd64' },
      { name: 'ingot:source-package', value: 'libzstd (1.5-1)' },
    ],
  });
});

it('has the model as a component of its own kind, with a card', () => {
  expect(document.components.at(-1)).toMatchObject({
    type: 'machine-learning-model',
    name: 'smoke',
    version: '0123abc',
    hashes: [{ alg: 'SHA-256', content: 'e'.repeat(64) }],
    licenses: [{ expression: 'MIT', acknowledgement: 'declared' }],
    externalReferences: [{ type: 'distribution', url: 'https://example.org/smoke.gguf' }],
    modelCard: { modelParameters: { modelArchitecture: 'llama' } },
  });
});

it('has the kernel with every option that it sets', () => {
  expect(document.components[2]).toMatchObject({
    'bom-ref': 'kernel',
    name: 'linux',
    version: '7.2-amd64',
    properties: [
      { name: 'ingot:package', value: 'zstd' },
      { name: 'ingot:config-path', value: '/boot/config-7.2-amd64' },
      { name: 'ingot:config-sha256', value: 'd'.repeat(64) },
      { name: 'CONFIG_64BIT', value: 'y' },
      { name: 'CONFIG_LOCALVERSION', value: '""' },
      { name: 'CONFIG_ZRAM', value: 'm' },
    ],
  });
});

it('is the same again, and has another serial number when anything in it differs', () => {
  expect(renderCycloneDx(sampleInventory())).toBe(text);
  expect(document.metadata.timestamp).toBe('2026-01-02T03:04:05.000Z');
  const other = sampleInventory();
  other.models[0]!.sha256 = 'f'.repeat(64);
  const { serialNumber } = JSON.parse(renderCycloneDx(other));
  expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  expect(serialNumber).not.toBe(document.serialNumber);
});
