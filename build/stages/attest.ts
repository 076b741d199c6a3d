import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderCycloneDx } from '../formats/attest/cyclonedx.ts';
import { type Inventory, type ModelFacts, publicSource } from '../formats/attest/inventory.ts';
import { licenceNamed } from '../formats/attest/licence.ts';
import { type ProvenanceFacts, renderProvenance } from '../formats/attest/provenance.ts';
import { sidecars } from '../formats/attest/sidecars.ts';
import { renderSpdx } from '../formats/attest/spdx.ts';
import type { CloudFacts } from '../formats/cloud/facts.ts';
import { fileTypeName } from '../gguf/file-types.ts';
import type { GgufSummary } from '../gguf/validate.ts';
import { readJson } from '../host/fs/files.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import type { LockedModel } from '../model/lock.ts';
import { partName } from '../model/parts.ts';
import type { Platform } from '../model/target.ts';
import { cloudFiles } from '../targets/platforms/find.ts';
import type { StageContext } from './context.ts';
import { inventoryFile, type RootInventory } from './inventory.ts';
import { madePackages } from './made-packages.ts';
import { readDigest, readStageJson } from './stage-output.ts';

/** Named here so that the stage runs again when a library that writes these formats has another version. */
const dependencies = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

type AttestOptions = Omit<ProvenanceFacts, 'ingot' | 'made'> & {
  version: string;
  distribution: string;
  copyright: string;
  /** For a cloud's target: what its template and upload script are made of. */
  cloud?: Omit<CloudFacts, 'name' | 'version' | 'file' | 'size'> & { platform: Platform };
};

/**
 * What an artifact is made of, in files beside it: two SBOMs and the provenance; for a cloud, how it gets
 * there as well.
 */
export async function attestStage(context: StageContext): Promise<void> {
  const { inputs, output, sourceDateEpoch } = context;
  const options = context.options as unknown as AttestOptions;
  const { version: ingot } = await readJson<{ version: string }>(dependencies);
  const facts = await readDigest(inputs.artifact!);
  const { sha256 } = facts;
  const headers = await readJson<{ [name: string]: GgufSummary }>(join(inputs.models!, 'headers.json'));
  const { models, distribution, copyright, recipe: name, version, cloud } = options;
  const artifact = { file: String(context.options.file), name, version, sha256 };
  const inventory: Inventory = {
    ingot,
    sourceDateEpoch,
    distribution,
    copyright,
    artifact,
    ...(await readStageJson<RootInventory>(join(inputs.inventory!, inventoryFile))),
    models: describeModels(models, headers),
  };
  const made = await madePackages(inputs.kernel);
  await writeFiles(output, {
    ...(cloud ? cloudFiles(cloud.platform, { ...cloud, ...artifact, size: facts.size }) : {}),
    [sidecars.spdx]: renderSpdx(inventory),
    [sidecars.cyclonedx]: renderCycloneDx(inventory),
    [sidecars.provenance]: renderProvenance({ ...options, made, ingot, artifact }),
  });
}

/** Models as the lock pins them, with what their own headers say. */
function describeModels(models: LockedModel[], headers: { [name: string]: GgufSummary }): ModelFacts[] {
  return models
    .map(({ name, source, revision, size, sha256 }) => {
      const { parameters } = headers[name]!;
      // Parts behind the first say nothing of the model.
      const part = partName(name);
      const first = part ? name.replace(/\d{5}(?=-of-\d{5}$)/, '00001') : name;
      const { architecture, fileType, contextLength, licence } = headers[first]!;
      const quantisation = fileTypeName(fileType);
      return {
        name,
        source: publicSource(source),
        ...(revision ? { revision } : {}),
        size,
        sha256,
        architecture,
        parameters,
        ...(quantisation ? { quantisation } : {}),
        ...(contextLength ? { contextLength } : {}),
        ...(licence ? { licence: licenceNamed(licence) } : {}),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
