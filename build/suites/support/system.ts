import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TestOptions } from '../../commands/test.ts';
import { repository } from '../../host/fs/files.ts';
import { startIngot } from '../../testdata/ingot.ts';
import type { Proof } from '../../verify/proof.ts';
import type { SmokeReport } from '../../vm/report.ts';
import { expectBoots } from './boots.ts';
import { buildImages, withPackages } from './images.ts';
import { noteFigures } from './system-figures.ts';

const targets = ['iso', 'qcow2'];

/** Tests of a system: its medium and its disk start, pass every check, and are the same when built again. */
export function testSystem(recipe: string): void {
  test(`${recipe}: the medium starts by UEFI and passes every check`, async () => {
    const [medium] = await buildImages(recipe, targets);
    const reports = await startAll(recipe, medium!.path, { firmware: ['uefi'] });
    expect(reports.map(({ ok }) => ok)).toEqual([true]);
  });

  test(`${recipe}: the disk starts twice and passes every check`, async () => {
    const [, disk] = await buildImages(recipe, targets);
    const reports = await startAll(recipe, disk!.path, {});
    expect(reports.map(({ ok, firmware }) => [ok, firmware])).toEqual([
      [true, 'uefi'],
      [true, 'bios'],
    ]);
  });

  test(`${recipe}: building it again, elsewhere, gives the same bytes`, async () => {
    const wanted = targets.flatMap((target) => ['--target', target]);
    const out = ['--out', join(repository, 'out', 'verify')];
    const proofs = await withPackages(async (lock) => {
      const ended = await startIngot(['verify', recipe, ...wanted, '--environments', '2', ...lock, ...out])
        .ended;
      if (ended.status !== 0) throw new Error(`verify ended with ${ended.status}: ${ended.stderr}`);
      return JSON.parse(ended.stdout) as Proof[];
    }, recipe);
    const differing = proofs.flatMap(({ environments }) => environments.map((one) => one.differingBytes));
    expect(differing).toEqual([0, 0, 0, 0]);
  });
}

/** What was seen is noted also when a check fails. */
async function startAll(
  recipe: string,
  image: string,
  options: Partial<TestOptions>,
): Promise<SmokeReport[]> {
  const seen: SmokeReport[] = [];
  try {
    return await expectBoots(image, { ...options, seen: (report) => seen.push(report) });
  } finally {
    if (seen.length) await noteFigures(recipe, image, seen);
  }
}
