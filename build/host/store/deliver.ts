import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renderChecksums } from '../../formats/attest/checksums.ts';
import { checksumsSuffix, signatureSuffixes } from '../../formats/attest/sidecars.ts';
import { sha256 } from '../../formats/text/canonical-json.ts';
import type { ArtifactRecord } from '../../model/types.ts';
import { replaceFile } from '../fs/atomic.ts';
import { exists, listFiles, readText, setTime, timeOf, writeAtomic } from '../fs/files.ts';
import { linkExactly } from './exact-copy.ts';

export interface Delivery {
  /** The finished file in the store. */
  artifact: string;
  /** Whether this process has just made it, and so knows its hash. */
  made: boolean;
  /**
   * Folder in the store with the files that go beside it; each is named by what comes after the artifact's
   * name.
   */
  attested: string;
  record: ArtifactRecord;
  /** Output folder. */
  folder: string;
  sourceDateEpoch: number;
}

/**
 * Puts a finished file and all that belongs beside it into the output folder. It is the store's own file
 * under another name, where both are on one file system: gigabytes are written once. Writing into it changes
 * its time, and the store then rebuilds it; other damage is found by its hash and not handed on. A file that
 * is already there with the right time is left alone, with its signatures.
 *
 * Every verb reads the record first, so it is removed before anything changes and written last. The
 * signatures of another build are removed with it.
 */
export async function deliver(delivery: Delivery): Promise<string> {
  const { artifact, made, folder, record, sourceDateEpoch } = delivery;
  const to = join(folder, record.file);
  const texts = await besideArtifact(delivery);
  if (await delivered(delivery, texts)) return to;
  const sums = `${to}.${checksumsSuffix}`;
  const signatures = Object.values(signatureSuffixes).map((suffix) => `${sums}.${suffix}`);
  for (const path of [`${to}.json`, sums, ...signatures]) await rm(path, { force: true });
  await replaceFile(to, async (temporary) => {
    const hint = `rm -r ${dirname(artifact)}, then run the same command again`;
    const linked = await linkExactly(artifact, temporary, { ...record, hint, made });
    if (!linked) await setTime(temporary, sourceDateEpoch);
  });
  for (const [name, text] of Object.entries(texts)) await writeAtomic(join(folder, name), text);
  return to;
}

/** Texts by file name, in the order in which they are written: the record is the last. */
async function besideArtifact({ attested, record }: Delivery): Promise<{ [name: string]: string }> {
  const texts: { [name: string]: string } = {};
  for (const suffix of await listFiles(attested))
    texts[`${record.file}.${suffix}`] = await readText(join(attested, suffix));
  const recordText = `${JSON.stringify(record, null, 2)}\n`;
  const covered = Object.entries({ ...texts, [`${record.file}.json`]: recordText });
  const hashes = Object.fromEntries(covered.map(([name, text]) => [name, sha256(text)]));
  texts[`${record.file}.${checksumsSuffix}`] = renderChecksums({ ...hashes, [record.file]: record.sha256 });
  texts[`${record.file}.json`] = recordText;
  return texts;
}

async function delivered(
  { folder, record, sourceDateEpoch }: Delivery,
  texts: { [name: string]: string },
): Promise<boolean> {
  for (const [name, text] of Object.entries(texts)) {
    // Asked in one call: another build may remove it between a look and a read.
    const there = await readText(join(folder, name)).catch(() => undefined);
    if (there !== text) return false;
  }
  const artifact = join(folder, record.file);
  if (!(await exists(artifact))) return false;
  const { size } = await stat(artifact);
  return size === record.size && (await timeOf(artifact)) === sourceDateEpoch;
}
