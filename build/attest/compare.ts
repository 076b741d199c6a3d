import { digestOf, type Material, materialKey, materialsOf, pinned } from '../formats/attest/provenance.ts';
import type { SbomClaims } from '../formats/attest/sbom-claims.ts';
import { sidecars } from '../formats/attest/sidecars.ts';
import { type InstalledPackage, packageKey } from '../formats/packages/installed.ts';
import type { ImageContents } from '../inspect/image-contents.ts';
import type { Beside } from './check-files.ts';

/** Where an SBOM differs from the image that it describes; empty when it is true. */
export function compareSbom(claims: SbomClaims, contents: ImageContents): string[] {
  const described = (p: InstalledPackage) => [packageKey(p), p.version] as const;
  const { kernel } = contents;
  return [
    ...differences('package', claims.packages, new Map(contents.packages.map(described))),
    ...differences('model', claims.models, contents.models),
    ...differences(
      'kernel configuration',
      claims.kernel,
      new Map(kernel ? [[kernel.path, kernel.sha256]] : []),
    ),
    ...differences('kernel option', claims.kernelOptions, new Map(kernel?.options ?? [])),
  ];
}

/** Where the packages of an SBOM are not the very files that the provenance says were installed. */
export function compareHashes(claims: SbomClaims, materials: Material[]): string[] {
  const used = materials.filter(({ annotations }) => ['image', 'made'].includes(annotations.for));
  const byName = new Map(used.map(({ uri, digest }) => [uri ?? '', digest.sha256]));
  return differences('hash of', claims.hashes, byName, 'the provenance');
}

/** Where the materials of a provenance are not what a lock pins. */
export function compareMaterials(found: Material[], locked: Material[]): string[] {
  const facts = (material: Material) => [materialKey(material), JSON.stringify(sorted(material))] as const;
  return differences('material', new Map(pinned(found).map(facts)), new Map(locked.map(facts)), 'the lock');
}

/** What record, provenance and SBOMs say of the artifact itself and of each other. */
export function compareDigests(
  name: string,
  { sha256, record, statement, spdx, cyclonedx }: Beside,
): string[] {
  const subject = statement?.subject[0];
  const definition = statement?.predicate.buildDefinition;
  const materials = definition?.resolvedDependencies ?? [];
  const modelMaterials = materialsOf({ packages: [], tools: [], models: record?.models ?? [] });
  const claims: [suffix: string, what: string, said: unknown, is: unknown][] = [];
  if (record) claims.push(['json', 'file', record.file, name], ['json', 'sha256', record.sha256, sha256]);
  if (spdx) claims.push([sidecars.spdx, 'hash of the image', spdx.artifact, sha256]);
  if (cyclonedx) claims.push([sidecars.cyclonedx, 'hash of the image', cyclonedx.artifact, sha256]);
  if (definition)
    claims.push(
      [sidecars.provenance, 'name of the subject', subject?.name, name],
      [sidecars.provenance, 'digest of the subject', subject?.digest.sha256, sha256],
      [
        sidecars.provenance,
        'digest of the materials',
        definition.internalParameters.materials,
        digestOf(materials),
      ],
    );
  if (definition && record)
    claims.push(
      [sidecars.provenance, 'recipe', definition.externalParameters.recipe, record.recipe],
      [sidecars.provenance, 'target', definition.externalParameters.target, record.target],
      [sidecars.provenance, 'manifest', definition.internalParameters.manifest, record.manifest],
      [sidecars.provenance, 'models', modelsOf(materials), modelsOf(modelMaterials)],
    );
  return claims
    .filter(([, , said, is]) => said !== is)
    .map(([suffix, what, said, is]) => `${name}.${suffix}: ${what} is ${said}, not ${is}`);
}

function differences(
  what: string,
  claimed: Map<string, string>,
  actual: Map<string, string>,
  where = 'the image',
): string[] {
  const names = [...new Set([...claimed.keys(), ...actual.keys()])].sort();
  return names.flatMap((name) => {
    const [said, is] = [claimed.get(name), actual.get(name)];
    if (said === is) return [];
    if (said === undefined) return [`${what} ${name} is missing; ${where} has ${is}`];
    if (is === undefined) return [`${what} ${name} is not in ${where}`];
    return [`${what} ${name} is ${said}, in ${where} ${is}`];
  });
}

function sorted({ uri, digest, annotations }: Material): object {
  const { path, revision, size } = annotations;
  return { uri, sha256: digest.sha256, path, revision, size };
}

function modelsOf(materials: Material[]): string {
  const models = materials.filter(({ annotations }) => annotations.for === 'model');
  return models.map(({ name, digest }) => `${name} ${digest.sha256}`).join(', ');
}
