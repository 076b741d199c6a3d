import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { sha256, uuidFrom } from '../text/canonical-json.ts';
import type { Inventory, KernelFacts, ModelFacts, PackageFacts } from './inventory.ts';

/**
 * CycloneDX 1.6 document of an image, as JSON text. Pure: equal inventories give equal bytes. The library's
 * own sorting is not used: it follows the locale.
 */
export function renderCycloneDx(inventory: Inventory): string {
  const { artifact, packages, models, kernel, ingot } = inventory;
  const image = new Models.Component(Enums.ComponentType.OperatingSystem, artifact.name, {
    bomRef: 'image',
    version: artifact.version,
    hashes: sha256Of(artifact),
    properties: properties({ 'ingot:file': artifact.file }),
  });
  const builder = new Models.Component(Enums.ComponentType.Application, 'ingot', { version: ingot });
  const components = [...packages.map(packageOf), ...(kernel ? [linux(kernel)] : []), ...models.map(model)];
  const bom = new Models.Bom({
    metadata: new Models.Metadata({
      timestamp: new Date(inventory.sourceDateEpoch * 1000),
      tools: new Models.Tools({ components: new Models.ComponentRepository([builder]) }),
      component: image,
    }),
    components: new Models.ComponentRepository(components),
  });
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  const normalized = factory.makeForBom().normalize(bom, { sortLists: false });
  const content = {
    ...normalized,
    components: normalized.components!.map((component) => withModelCard(component, models)),
    // What the packages need of each other is in the package database, not here.
    dependencies: [{ ref: 'image', dependsOn: components.map(({ bomRef }) => bomRef.value) }],
  };
  const serialNumber = `urn:uuid:${uuidFrom(sha256(content))}`;
  return `${JSON.stringify({ ...content, serialNumber }, null, 2)}\n`;
}

function packageOf(p: PackageFacts): Models.Component {
  const [, name, email] = /^(.*?)\s*<(.*)>$/.exec(p.maintainer ?? '') ?? [];
  const contact = new Models.OrganizationalContactRepository([new Models.OrganizationalContact({ email })]);
  return new Models.Component(Enums.ComponentType.Application, p.name, {
    bomRef: p.purl,
    version: p.version,
    purl: p.purl,
    hashes: sha256Of(p),
    licenses: declared(p.licence),
    ...(name ? { supplier: new Models.OrganizationalEntity({ name, contact }) } : {}),
    externalReferences: references({
      [Enums.ExternalReferenceType.Distribution]: p.path,
      [Enums.ExternalReferenceType.Website]: p.homepage,
    }),
    properties: properties({ 'ingot:architecture': p.architecture, 'ingot:source-package': p.source }),
  });
}

function linux({ release, package: name, config }: KernelFacts): Models.Component {
  return new Models.Component(Enums.ComponentType.OperatingSystem, 'linux', {
    bomRef: 'kernel',
    version: release,
    properties: properties({
      'ingot:package': name,
      'ingot:config-path': config.path,
      'ingot:config-sha256': config.sha256,
      ...Object.fromEntries(config.options),
    }),
  });
}

function model(facts: ModelFacts): Models.Component {
  return new Models.Component(Enums.ComponentType.MachineLearningModel, facts.name, {
    bomRef: modelRef(facts),
    version: facts.revision,
    hashes: sha256Of(facts),
    licenses: declared(facts.licence),
    externalReferences: references({
      [Enums.ExternalReferenceType.Distribution]: facts.source.startsWith('http') ? facts.source : undefined,
    }),
    properties: properties({
      'ingot:source': facts.source,
      'ingot:size': String(facts.size),
      'ingot:parameters': String(facts.parameters),
      'ingot:quantisation': facts.quantisation,
      'ingot:context-length': facts.contextLength?.toString(),
    }),
  });
}

/** The library has no model cards yet. */
function withModelCard<T extends { 'bom-ref'?: unknown }>(component: T, models: ModelFacts[]): T {
  const found = models.find((candidate) => modelRef(candidate) === component['bom-ref']);
  if (!found) return component;
  return { ...component, modelCard: { modelParameters: { modelArchitecture: found.architecture } } };
}

function modelRef({ name }: ModelFacts): string {
  return `model:${name}`;
}

function sha256Of({ sha256: hash }: { sha256: string }): Models.HashDictionary {
  return new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], hash]]);
}

function declared(licence?: string): Models.LicenseRepository {
  const expressions = licence ? [new Models.LicenseExpression(licence)] : [];
  for (const expression of expressions) expression.acknowledgement = Enums.LicenseAcknowledgement.Declared;
  return new Models.LicenseRepository(expressions);
}

function references(urls: { [type: string]: string | undefined }): Models.ExternalReferenceRepository {
  return new Models.ExternalReferenceRepository(
    present(urls).map(
      ([type, url]) => new Models.ExternalReference(url, type as Enums.ExternalReferenceType),
    ),
  );
}

function properties(values: { [name: string]: string | undefined }): Models.PropertyRepository {
  return new Models.PropertyRepository(
    present(values).map(([name, value]) => new Models.Property(name, value)),
  );
}

function present(values: { [name: string]: string | undefined }): [string, string][] {
  return Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
}
