import type { LockedModel } from '../../model/lock.ts';
import { sha256 } from '../text/canonical-json.ts';
import { type NamedPackage, publicSource } from './inventory.ts';

/** Everything that a provenance statement tells of one build. */
export interface ProvenanceFacts {
  /** Version of Ingot. */
  ingot: string;
  artifact: { file: string; sha256: string };
  recipe: string;
  target: string;
  base: string;
  manifest: string;
  sourceDateEpoch: number;
  packages: NamedPackage[];
  tools: NamedPackage[];
  models: LockedModel[];
  /** Source of the image's own kernel, and what built it. */
  kernel?: NamedPackage[];
  /** Packages that the build made itself, which no lock has. */
  made?: NamedPackage[];
}

/** `made` are packages of the image as well, which the build made of what is for the `kernel`. */
type MaterialRole = 'image' | 'model' | 'tools' | 'kernel' | 'made';

/** A thing that went into a build, as in-toto describes it. */
export interface Material {
  name: string;
  uri?: string;
  digest: { sha256: string };
  annotations: { for: MaterialRole; size: number; path?: string; revision?: string };
}

export const statementType = 'https://in-toto.io/Statement/v1';
export const predicateType = 'https://slsa.dev/provenance/v1';
export const buildType = 'urn:ingot:build:1';

/**
 * in-toto Statement v1 with SLSA provenance v1, as JSON text. It names no time, host or user: those are no
 * inputs.
 */
export function renderProvenance(facts: ProvenanceFacts): string {
  const { ingot, artifact, recipe, target, base, manifest, sourceDateEpoch } = facts;
  const materials = materialsOf(facts);
  const statement = {
    _type: statementType,
    subject: [{ name: artifact.file, digest: { sha256: artifact.sha256 } }],
    predicateType,
    predicate: {
      buildDefinition: {
        buildType,
        externalParameters: {
          recipe,
          target,
          base,
          models: facts.models.map(({ source }) => publicSource(source)),
        },
        internalParameters: { ingot, manifest, materials: digestOf(materials), sourceDateEpoch },
        resolvedDependencies: materials,
      },
      runDetails: { builder: { id: 'urn:ingot:builder', version: { ingot } } },
    },
  };
  return `${JSON.stringify(statement, null, 2)}\n`;
}

/** The materials of a build: for the image, for its models and its kernel, and the tools that build. */
export function materialsOf(
  facts: Pick<ProvenanceFacts, 'packages' | 'tools' | 'models' | 'kernel' | 'made'>,
): Material[] {
  const packaged = (p: NamedPackage, role: MaterialRole): Material => ({
    name: p.name,
    uri: p.purl,
    digest: { sha256: p.sha256 },
    annotations: { for: role, path: p.path, size: p.size },
  });
  const model = (m: LockedModel): Material => {
    const source = publicSource(m.source);
    return {
      name: m.name,
      ...(/^(builtin|https?):/.test(source) ? { uri: source } : {}),
      digest: { sha256: m.sha256 },
      annotations: { for: 'model', ...(m.revision ? { revision: m.revision } : {}), size: m.size },
    };
  };
  const materials = [
    ...facts.packages.map((p) => packaged(p, 'image')),
    ...facts.tools.map((p) => packaged(p, 'tools')),
    ...facts.models.map(model),
    ...(facts.kernel ?? []).map((p) => packaged(p, 'kernel')),
    ...(facts.made ?? []).map((p) => packaged(p, 'made')),
  ];
  return materials.sort((a, b) => (materialKey(a) < materialKey(b) ? -1 : 1));
}

/** Those that were pinned, as a lock has them. */
export function pinned(materials: Material[]): Material[] {
  return materials.filter(({ annotations }) => annotations.for !== 'made');
}

/** Names a list of materials, and with it the lock that they are of. */
export function digestOf(materials: Material[]): string {
  return sha256(pinned(materials) as unknown);
}

/** Names a material among those of one build. */
export function materialKey({ name, annotations }: Pick<Material, 'name' | 'annotations'>): string {
  const architecture = annotations.path?.split('_').at(-1) ?? '';
  return `${annotations.for} ${name} ${architecture}`;
}
