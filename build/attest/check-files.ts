import { basename, dirname, join } from 'node:path';
import { parseChecksums } from '../formats/attest/checksums.ts';
import type { Material } from '../formats/attest/provenance.ts';
import { claimsOfCycloneDx, claimsOfSpdx, type SbomClaims } from '../formats/attest/sbom-claims.ts';
import { checksumsSuffix, sidecars } from '../formats/attest/sidecars.ts';
import { exists, hashFile, readText } from '../host/fs/files.ts';
import { toIngotError } from '../model/errors.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { parseRecord } from '../project/artifact.ts';
import { validateCycloneDx } from '../schema/cyclonedx.ts';
import { provenanceSchema } from '../schema/provenance.ts';
import spdxSchema from '../schema/published/spdx-2.3.schema.json' with { type: 'json' };
import { parseJson, validate } from '../schema/validate.ts';

/** The statement, as far as it is looked at. */
export interface Statement {
  subject: { name: string; digest: { sha256: string } }[];
  predicate: {
    buildDefinition: {
      externalParameters: { recipe: string; target: string; base: string };
      internalParameters: { manifest: string; materials: string };
      resolvedDependencies: Material[];
    };
  };
}

/**
 * The files beside an artifact as far as they can be read, and what is wrong with them, each with its name.
 */
export interface Beside {
  problems: string[];
  /** Of the artifact, as it is. */
  sha256: string;
  record?: ArtifactRecord;
  spdx?: SbomClaims;
  cyclonedx?: SbomClaims;
  statement?: Statement;
}

/** Reads everything that stands beside an artifact, and holds it against its schema and its sum. */
export async function readBeside(artifact: string): Promise<Beside> {
  const name = basename(artifact);
  const problems: string[] = [];
  const read = async <T>(suffix: string, parse: (text: string, what: string) => T | Promise<T>) => {
    const what = `${name}.${suffix}`;
    if (!(await exists(`${artifact}.${suffix}`))) {
      problems.push(`${what}: is missing`);
      return undefined;
    }
    try {
      return await parse(await readText(`${artifact}.${suffix}`), what);
    } catch (error) {
      problems.push(toIngotError(error).message);
      return undefined;
    }
  };
  const record = await read('json', parseRecord);
  const spdx = await read(sidecars.spdx, (text, what) =>
    claimsOfSpdx(validate(spdxSchema, parseJson(text, what), what)),
  );
  const cyclonedx = await read(sidecars.cyclonedx, async (text, what) => {
    const value = parseJson(text, what);
    await validateCycloneDx(text, what);
    return claimsOfCycloneDx(value);
  });
  const statement = await read(sidecars.provenance, (text, what) =>
    validate<Statement>(provenanceSchema, parseJson(text, what), what),
  );
  const sums = await read(checksumsSuffix, parseChecksums);
  const sha256 = await hashFile(artifact);
  if (sums) problems.push(...(await checkSums({ artifact, sha256, sums })));
  return { problems, sha256, record, spdx, cyclonedx, statement };
}

/** Every file that a build delivers must be listed, and be what is listed. */
async function checkSums(beside: {
  artifact: string;
  sha256: string;
  sums: { [name: string]: string };
}): Promise<string[]> {
  const { artifact, sha256, sums } = beside;
  const name = basename(artifact);
  const delivered = [name, `${name}.json`, ...Object.values(sidecars).map((suffix) => `${name}.${suffix}`)];
  const problems = delivered
    .filter((file) => !sums[file])
    .map((file) => `${name}.${checksumsSuffix}: has no line for ${file}`);
  for (const [file, expected] of Object.entries(sums)) {
    const path = join(dirname(artifact), file);
    // That a delivered file is missing has been said.
    if (!(await exists(path))) {
      if (!delivered.includes(file)) problems.push(`${file}: is missing`);
    } else if ((file === name ? sha256 : await hashFile(path)) !== expected)
      problems.push(`${file}: is not the file that ${name}.${checksumsSuffix} lists`);
  }
  return problems;
}
