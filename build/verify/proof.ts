import { join } from 'node:path';
import { listFiles, readText, repository, writeAtomic } from '../host/fs/files.ts';
import type { Difference } from './explain.ts';

/** What `ingot verify` found: the same for the same finding, so that it can be committed. */
export interface Proof {
  schema: 1;
  recipe: string;
  target: string;
  base: string;
  ingot: string;
  /** Date of the locked archive. */
  archive: string;
  manifest: string;
  environments: {
    name: string;
    varies: string;
    /** What showed that it was in force. */
    evidence: string;
    /** SHA-256 of every finished file. */
    files: { [name: string]: string };
    /** Over all files, against the baseline. */
    differingBytes: number;
  }[];
  differences: ({ environment: string; file: string } & Difference)[];
}

const ending = '.proof.json';

/** Where a proof stands that is committed, beside the recipe's lock. */
export function proofPath({ recipe, base, target }: Pick<Proof, 'recipe' | 'base' | 'target'>): string {
  return join(repository, 'recipes', `${recipe}.${base}.${target}${ending}`);
}

export async function writeProof(path: string, proof: Proof): Promise<void> {
  await writeAtomic(path, `${JSON.stringify(proof, null, 2)}\n`);
}

/** All proofs that are committed. */
export async function readProofs(): Promise<Proof[]> {
  const folder = join(repository, 'recipes');
  const names = (await listFiles(folder)).filter((name) => name.endsWith(ending));
  return Promise.all(names.map(async (name) => JSON.parse(await readText(join(folder, name))) as Proof));
}

/** For people: what each environment showed, what differs, and the sums. */
export function describeProof(proof: Proof): string {
  const total = proof.environments.reduce((sum, { differingBytes }) => sum + differingBytes, 0);
  const [baseline] = proof.environments;
  return [
    proof.target,
    ...proof.environments.map(
      ({ name, evidence, differingBytes }) =>
        `${name.padEnd(10)} ${differingBytes} bytes differ (${evidence})`,
    ),
    ...proof.differences.map(
      ({ environment, where, cause }) =>
        `\n${environment}: ${where.join(' > ')}\n${cause.replaceAll(/^/gm, '    ')}`,
    ),
    '',
    ...Object.entries(baseline!.files).map(([name, hash]) => `${hash}  ${name}`),
    `${proof.environments.length} environments, ${total} differing bytes`,
  ].join('\n');
}
