import { join } from 'node:path';
import { differingBytes } from '../host/compare.ts';
import { hashFile, listFiles } from '../host/files.ts';
import type { Store } from '../host/store.ts';
import { IngotError } from '../model/errors.ts';
import { explain } from './_explain.ts';
import type { Proof } from './_proof.ts';

/** Hashes of every file of `b`, and how many bytes differ from those of `a`. */
export async function compareBuilds(
  a: string,
  b: string,
): Promise<{ files: { [name: string]: string }; differingBytes: number }> {
  const [names, others] = [await listFiles(a), await listFiles(b)];
  if (names.join() !== others.join())
    throw new IngotError(
      'VERIFY_FAILED',
      `finished files are ${others.join(', ')}, of the baseline ${names.join(', ')}`,
    );
  const files: { [name: string]: string } = {};
  let differing = 0;
  for (const name of names) {
    files[name] = await hashFile(join(b, name));
    differing += await differingBytes(join(a, name), join(b, name));
  }
  return { files, differingBytes: differing };
}

/** What makes the files of two builds differ; those that are the same are passed over. */
export async function explainBuilds(
  environment: string,
  [a, b]: [string, string],
  { store, ...options }: { tools: string; sourceDateEpoch: number; store: Store },
): Promise<Proof['differences']> {
  const found: Proof['differences'] = [];
  for (const name of await listFiles(a)) {
    const pair = { a: join(a, name), b: join(b, name), name };
    if ((await hashFile(pair.a)) === (await hashFile(pair.b))) continue;
    const differences = await explain({ ...pair, ...options }, store);
    found.push(...differences.map((difference) => ({ environment, file: name, ...difference })));
  }
  return found;
}
