import { sha256, uuidFrom } from '../text/canonical-json.ts';
import { builderOf, type Inventory, type ModelFacts, type PackageFacts } from './inventory.ts';
import { licenceRefs } from './licence.ts';

const unknown = 'NOASSERTION';

/** SPDX 2.3 document of an image, as JSON text. Pure: equal inventories give equal bytes. */
export function renderSpdx(inventory: Inventory): string {
  const content = spdxContent(inventory);
  const documentNamespace = `urn:uuid:${uuidFrom(sha256(content))}`;
  return `${JSON.stringify({ ...content, documentNamespace }, null, 2)}\n`;
}

function spdxContent(inventory: Inventory): object {
  const { artifact, packages, models, kernel, ingot } = inventory;
  const created = new Date(inventory.sourceDateEpoch * 1000).toISOString().replace('.000Z', 'Z');
  const licences = [...packages, ...models].flatMap(({ licence }) => licence ?? []);
  const members = [...packages.map(packageId), ...models.map(modelId)];
  const file = kernel && {
    SPDXID: 'SPDXRef-kernel-config',
    fileName: `.${kernel.config.path}`,
    checksums: [checksum('SHA1', kernel.config.sha1), checksum('SHA256', kernel.config.sha256)],
    licenseConcluded: unknown,
    copyrightText: unknown,
    comment: [
      `Options of Linux ${kernel.release}:`,
      ...kernel.config.options.map(([name, value]) => `${name}=${value}`),
    ].join('\n'),
  };
  const kernelPackage = packages.find(({ name }) => name === kernel?.package);
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: artifact.file,
    creationInfo: { created, creators: [`Tool: ingot-${ingot}`] },
    packages: [
      {
        ...common(artifact),
        SPDXID: 'SPDXRef-image',
        versionInfo: artifact.version,
        packageFileName: artifact.file,
        primaryPackagePurpose: 'OPERATING_SYSTEM',
      },
      ...packages.map((p) => packageOf(p, inventory.distribution)),
      ...models.map(modelPackage),
    ],
    ...(file ? { files: [file] } : {}),
    hasExtractedLicensingInfos: licenceRefs(licences).map((licenseId) => ({
      licenseId,
      name: licenseId.replace('LicenseRef-', ''),
      extractedText: `See /${inventory.copyright} on the image, or the model's own card.`,
    })),
    relationships: [
      relationship('SPDXRef-DOCUMENT', 'DESCRIBES', 'SPDXRef-image'),
      ...members.map((id) => relationship('SPDXRef-image', 'CONTAINS', id)),
      ...(kernelPackage
        ? [relationship('SPDXRef-kernel-config', 'METAFILE_OF', packageId(kernelPackage))]
        : []),
    ],
  };
}

function common({ name, sha256: hash, licence }: { name: string; sha256: string; licence?: string }) {
  return {
    name,
    downloadLocation: unknown,
    filesAnalyzed: false,
    checksums: [checksum('SHA256', hash)],
    licenseConcluded: unknown,
    licenseDeclared: licence ?? unknown,
    copyrightText: unknown,
  };
}

function packageOf(p: PackageFacts, distribution: string): object {
  const [, name, address] = /^(.*?)\s*<(.*)>$/.exec(p.maintainer ?? '') ?? [];
  return {
    ...common(p),
    SPDXID: packageId(p),
    versionInfo: p.version,
    supplier: name ? `Organization: ${name} (${address})` : unknown,
    packageFileName: p.path,
    sourceInfo: `built by ${builderOf(p, distribution)} from its source package ${p.source}`,
    ...(p.homepage ? { homepage: p.homepage } : {}),
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: p.purl }],
  };
}

function modelPackage(model: ModelFacts): object {
  const { quantisation, contextLength } = model;
  const facts = [
    `GGUF model of ${model.size} bytes`,
    `architecture ${model.architecture}`,
    `${model.parameters} parameters`,
    ...(quantisation ? [`quantisation ${quantisation}`] : []),
    ...(contextLength ? [`context of ${contextLength} tokens`] : []),
  ];
  return {
    ...common(model),
    ...(model.source.startsWith('http') ? { downloadLocation: model.source } : {}),
    SPDXID: modelId(model),
    ...(model.revision ? { versionInfo: model.revision } : {}),
    packageFileName: `${model.name}.gguf`,
    primaryPackagePurpose: 'FILE',
    sourceInfo: model.source,
    comment: facts.join(', '),
  };
}

function checksum(algorithm: string, checksumValue: string) {
  return { algorithm, checksumValue };
}

function relationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string) {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

function packageId({ name, architecture, purl }: PackageFacts): string {
  const type = purl.slice('pkg:'.length, purl.indexOf('/'));
  return `SPDXRef-${type}-${spdxId(name)}-${architecture}`;
}

function modelId({ name }: ModelFacts): string {
  return `SPDXRef-model-${spdxId(name)}`;
}

/** An id may hold letters, digits, dots and hyphens; names may hold more, and must stay apart. */
function spdxId(name: string): string {
  return name.replaceAll('+', '.plus.').replaceAll('_', '.underscore.');
}
