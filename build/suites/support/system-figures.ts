import { join } from 'node:path';
import { exists, fileSize, readJson, repository, writeAtomic } from '../../host/fs/files.ts';
import { overviewRows } from '../../vm/overview.ts';
import type { SmokeReport } from '../../vm/report.ts';

/** Adds what was seen of an image to out/systems/<recipe>.json, which scripts/results/systems may keep. */
export async function noteFigures(recipe: string, image: string, reports: SmokeReport[]): Promise<void> {
  const file = join(repository, 'out', 'systems', `${recipe}.json`);
  const before = (await exists(file)) ? await readJson<object>(file) : {};
  const [row] = overviewRows(reports);
  const { target, checks, measured } = row!;
  const { bootSeconds, accelerator } = measured;
  const seen = { bytes: await fileSize(image), bootSeconds, checks, accelerator };
  await writeAtomic(file, `${JSON.stringify({ ...before, [target]: seen }, null, 2)}\n`);
}
