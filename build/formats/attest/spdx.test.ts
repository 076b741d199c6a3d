import { expect, it } from 'vitest';
import spdxSchema from '../../schema/published/spdx-2.3.schema.json' with { type: 'json' };
import { validate } from '../../schema/validate.ts';
import { sampleInventory } from './fixture.ts';
import { renderSpdx } from './spdx.ts';

const text = renderSpdx(sampleInventory());
const document = JSON.parse(text);

it('is what the published schema of SPDX 2.3 allows', () => {
  expect(validate(spdxSchema, structuredClone(document), 'sbom')).toEqual(document);
});

it.each<[string, (changed: typeof document) => void, string]>([
  ['no creation date', (d) => delete d.creationInfo.created, "must have required property 'created'"],
  [
    'a purpose of its own',
    (d) => Object.assign(d.packages[0], { primaryPackagePurpose: 'ISO' }),
    'must be one of',
  ],
  [
    'an unknown field',
    (d) => Object.assign(d.packages[1], { colour: 'red' }),
    'has "colour", which is not known',
  ],
])('the schema would notice %s', (_what, change, problem) => {
  const changed = structuredClone(document);
  change(changed);
  expect(() => validate(spdxSchema, changed, 'sbom')).toThrow(problem);
});

it('describes a package by name, version, supplier, file, hash, licence and purl', () => {
  expect(document.packages.find(({ name }: { name: string }) => name === 'zstd')).toEqual({
    SPDXID: 'SPDXRef-deb-zstd-amd64',
    name: 'zstd',
    versionInfo: '1.5-1',
    supplier: 'Organization: Packaging Team (team@example.org)',
    packageFileName: 'pool/main/libz/libzstd/zstd_1.5-1_amd64.deb',
    sourceInfo: 'built by Debian from its source package libzstd (1.5-1)',
    homepage: 'https://example.org/zstd',
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    checksums: [{ algorithm: 'SHA256', checksumValue: 'b'.repeat(64) }],
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: '(BSD-3-Clause OR GPL-2.0-only) AND LicenseRef-own',
    copyrightText: 'NOASSERTION',
    externalRefs: [
      {
        referenceCategory: 'PACKAGE-MANAGER',
        referenceType: 'purl',
        referenceLocator: 'pkg:deb/debian/zstd@1.5-1?arch=amd64&distro=forky',
      },
    ],
  });
});

it('explains every licence that SPDX has no identifier for', () => {
  expect(document.hasExtractedLicensingInfos).toMatchObject([{ licenseId: 'LicenseRef-own', name: 'own' }]);
});

it('holds model and kernel configuration, and says what they belong to', () => {
  expect(document.packages.at(-1)).toMatchObject({
    SPDXID: 'SPDXRef-model-smoke',
    versionInfo: '0123abc',
    downloadLocation: 'https://example.org/smoke.gguf',
    licenseDeclared: 'MIT',
    comment:
      'GGUF model of 10 bytes, architecture llama, 38027776 parameters, quantisation Q8_0, context of 2048 tokens',
  });
  expect(document.files[0]).toMatchObject({
    fileName: './boot/config-7.2-amd64',
    comment: 'Options of Linux 7.2-amd64:\nCONFIG_64BIT=y\nCONFIG_LOCALVERSION=""\nCONFIG_ZRAM=m',
  });
  expect(
    document.relationships.map((r: Record<string, string>) => [
      r.spdxElementId,
      r.relationshipType,
      r.relatedSpdxElement,
    ]),
  ).toEqual([
    ['SPDXRef-DOCUMENT', 'DESCRIBES', 'SPDXRef-image'],
    ['SPDXRef-image', 'CONTAINS', 'SPDXRef-deb-libstdc.plus..plus.6-amd64'],
    ['SPDXRef-image', 'CONTAINS', 'SPDXRef-deb-zstd-amd64'],
    ['SPDXRef-image', 'CONTAINS', 'SPDXRef-model-smoke'],
    ['SPDXRef-kernel-config', 'METAFILE_OF', 'SPDXRef-deb-zstd-amd64'],
  ]);
});

it('is the same again, and has another namespace when anything in it differs', () => {
  expect(renderSpdx(sampleInventory())).toBe(text);
  expect(document.creationInfo.created).toBe('2026-01-02T03:04:05Z');
  const other = sampleInventory();
  other.packages[0]!.version = '16-2';
  const { documentNamespace } = JSON.parse(renderSpdx(other));
  expect(documentNamespace).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  expect(documentNamespace).not.toBe(document.documentNamespace);
});

it('describes an image without kernel and models', () => {
  const { kernel: _none, ...rest } = sampleInventory();
  const bare = JSON.parse(renderSpdx({ ...rest, models: [] }));
  expect(validate(spdxSchema, bare, 'sbom')).not.toHaveProperty('files');
});
