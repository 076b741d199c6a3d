import { basename } from 'node:path';
import { distroOf } from '../distros/find.ts';
import { digestOf, type Material, materialsOf } from '../formats/attest/provenance.ts';
import { checksumsSuffix, type SignatureKind, sidecars } from '../formats/attest/sidecars.ts';
import { exists } from '../host/fs/files.ts';
import type { Progress } from '../host/progress.ts';
import type { Store } from '../host/store/store.ts';
import { type ImageContents, readImageContents } from '../inspect/image-contents.ts';
import { IngotError, toIngotError } from '../model/errors.ts';
import { readKernel } from '../project/fragments.ts';
import { lockPath, readLock, readRecipe, recipeNames } from '../project/inputs.ts';
import { toolsTree } from '../project/tools-tree.ts';
import { narrowLock } from '../resolve/image.ts';
import { kernelMaterials, namedPackages } from '../resolve/packages.ts';
import { type Beside, readBeside } from './check-files.ts';
import { checkSignatures, presentSignatures, type Verifiers } from './check-signature.ts';
import { compareDigests, compareHashes, compareMaterials, compareSbom } from './compare.ts';

/** What is known of an artifact that agrees with everything beside it. */
export interface CheckReport {
  artifact: string;
  sha256: string;
  packages: number;
  models: number;
  materials: number;
  /** Whether the materials were held against the recipe's lock; not so when it has changed since. */
  lockCompared: boolean;
  signature: { present: SignatureKind[]; verified: SignatureKind[] };
}

export interface CheckContext {
  store: Store;
  progress: Progress;
  verifiers: Verifiers;
  /** Path of a lock to hold the materials against, instead of the recipe's own. */
  lock?: string;
}

/**
 * Holds an artifact against everything beside it; `problems` is all that does not agree, each with its file.
 */
export async function check(
  artifact: string,
  context: CheckContext,
): Promise<{ problems: string[]; report: CheckReport }> {
  if (!(await exists(artifact)))
    throw new IngotError('INPUT_INVALID', `artifact ${artifact} does not exist`, {
      hint: 'ingot build <recipe>',
    });
  const name = basename(artifact);
  const beside = await readBeside(artifact);
  const materials = beside.statement?.predicate.buildDefinition.resolvedDependencies ?? [];
  const locked = await lockedMaterials(beside, context.lock);
  const opened = await open(artifact, beside, context);
  const problems = [
    ...beside.problems,
    ...compareDigests(name, beside),
    ...(locked ? compareMaterials(materials, locked) : []).map(of(name, sidecars.provenance)),
    ...opened.problems,
    ...compareSboms(name, beside, opened.contents),
  ];
  const { keys, allowedSigners } = context.verifiers;
  return {
    problems,
    report: {
      artifact: name,
      sha256: beside.sha256,
      packages: opened.contents?.packages.length ?? 0,
      models: opened.contents?.models.size ?? 0,
      materials: materials.length,
      lockCompared: locked !== undefined,
      signature: {
        present: await presentSignatures(`${artifact}.${checksumsSuffix}`),
        verified: [
          ...new Set([...keys.map(({ kind }) => kind), ...(allowedSigners ? (['ssh'] as const) : [])]),
        ],
      },
    },
  };
}

/** What the lock pins, where it is the one that the provenance is of or where it was asked for by name. */
async function lockedMaterials(beside: Beside, named?: string): Promise<Material[] | undefined> {
  const { record, statement } = beside;
  if (!record || !statement) return undefined;
  const { externalParameters, internalParameters } = statement.predicate.buildDefinition;
  const { recipe, base } = externalParameters;
  if (!(await recipeNames()).includes(recipe)) return undefined;
  const asked = await readRecipe(recipe, { base });
  const path = lockPath(asked, { lock: named });
  if (!(await exists(path))) return undefined;
  const { packages, tools } = narrowLock(await readLock(path), record.target);
  const from = { distro: distroOf(base).name, base };
  const kernel = await readKernel(asked);
  const locked = materialsOf({
    packages: namedPackages(packages, from),
    tools: namedPackages(tools, from),
    models: record.models,
    ...(kernel ? { kernel: kernelMaterials(kernel) } : {}),
  });
  return named || digestOf(locked) === internalParameters.materials ? locked : undefined;
}

/** Looks into the image and at the signatures, which takes the tools tree that its record names. */
async function open(
  artifact: string,
  { record }: Beside,
  context: CheckContext,
): Promise<{ problems: string[]; contents?: ImageContents }> {
  if (!record) return { problems: [] };
  const name = basename(artifact);
  const { store } = context;
  const tools = await toolsTree(record, context);
  const problems = await checkSignatures(`${artifact}.${checksumsSuffix}`, context.verifiers, {
    tools,
    store,
  });
  try {
    return { problems, contents: await readImageContents(artifact, { tools, store }) };
  } catch (error) {
    const { code, message } = toIngotError(error);
    if (code !== 'COMMAND_FAILED' && code !== 'INPUT_INVALID') throw error;
    return { problems: [...problems, `${name}: cannot be read: ${message.split('\n').at(-1)}`] };
  }
}

function compareSboms(name: string, beside: Beside, contents?: ImageContents): string[] {
  const materials = beside.statement?.predicate.buildDefinition.resolvedDependencies;
  return (['spdx', 'cyclonedx'] as const).flatMap((format) => {
    const claims = beside[format];
    if (!claims) return [];
    const problems = [
      ...(contents ? compareSbom(claims, contents) : []),
      ...(materials ? compareHashes(claims, materials) : []),
    ];
    return problems.map(of(name, sidecars[format]));
  });
}

function of(name: string, suffix: string): (problem: string) => string {
  return (problem) => `${name}.${suffix}: ${problem}`;
}
