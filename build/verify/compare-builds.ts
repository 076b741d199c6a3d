import { join } from 'node:path';
import { headBytes, imageKind } from '../formats/disk/recognise.ts';
import { differingBytes } from '../host/fs/compare.ts';
import { hashFile, listFiles } from '../host/fs/files.ts';
import { readHead } from '../host/fs/random-access.ts';
import type { Store } from '../host/store/store.ts';
import { IngotError } from '../model/errors.ts';
import { explain } from './explain.ts';
import { explainDisks } from './explain-disk.ts';
import type { Proof } from './proof.ts';

/** Hashes of an artifact and every file beside it in `b`, and how many bytes differ from those in `a`. */
export async function compareBuilds(
  artifact: string,
  [a, b]: [string, string],
): Promise<{ files: { [name: string]: string }; differingBytes: number }> {
  const [names, others] = [await filesOf(artifact, a), await filesOf(artifact, b)];
  if (names.join() !== others.join())
    throw new IngotError(
      'VERIFY_FAILED',
      `the finished files are ${others.join(', ')}, but the baseline's are ${names.join(', ')}`,
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
  { environment, artifact }: { environment: string; artifact: string },
  [a, b]: [string, string],
  { store, ...options }: { tools: string; sourceDateEpoch: number; store: Store },
): Promise<Proof['differences']> {
  const found: Proof['differences'] = [];
  for (const name of await filesOf(artifact, a)) {
    const pair = { a: join(a, name), b: join(b, name), name };
    if ((await hashFile(pair.a)) === (await hashFile(pair.b))) continue;
    const opened = name === artifact && imageKind(await readHead(pair.a, headBytes)) !== 'iso';
    const differences = await (opened ? explainDisks : explain)({ ...pair, ...options }, store);
    found.push(...differences.map((difference) => ({ environment, file: name, ...difference })));
  }
  return found;
}

/** An artifact and what stands beside it. */
async function filesOf(artifact: string, folder: string): Promise<string[]> {
  const names = await listFiles(folder);
  return names.filter((name) => name === artifact || name.startsWith(`${artifact}.`));
}
