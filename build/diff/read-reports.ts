import { join } from 'node:path';
import { listFiles, readText } from '../host/fs/files.ts';
import type { SmokeReport } from '../vm/report.ts';

/**
 * The test reports in the folders of a folder that are about these very bytes; those of others are passed
 * over.
 */
export async function readReports(folder: string, sha256: string): Promise<SmokeReport[]> {
  const found: SmokeReport[] = [];
  for (const name of await listFiles(folder)) {
    if (!/^[^/]+\/report\.json$/.test(name)) continue;
    const report = parseReport(await readText(join(folder, name)));
    if (report?.sha256 === sha256) found.push(report);
  }
  return found;
}

/** A report that can be compared; undefined for anything else that has its name. */
export function parseReport(text: string): SmokeReport | undefined {
  try {
    const report = JSON.parse(text) as Partial<SmokeReport> | null;
    const { sha256, firmware, controller, platform, accelerator, start, bootSeconds, figures } = report ?? {};
    const texts = [sha256, firmware, controller, platform, accelerator];
    const sound =
      texts.every((value) => typeof value === 'string') &&
      [start, bootSeconds].every((value) => typeof value === 'number') &&
      typeof figures === 'object' &&
      figures;
    return sound ? (report as SmokeReport) : undefined;
  } catch {
    return undefined;
  }
}
