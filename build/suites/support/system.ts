import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../../host/fs/files.ts';
import { startIngot } from '../../testdata/ingot.ts';
import type { Proof } from '../../verify/proof.ts';
import { expectBoots } from './boots.ts';
import { buildImages, withPackages } from './images.ts';

const targets = ['iso', 'qcow2'];

/** Tests of a system: its medium and its disk start, pass every check, and are the same when built again. */
export function testSystem(recipe: string): void {
  test(`${recipe}: the medium starts by UEFI and passes every check`, async () => {
    const [medium] = await buildImages(recipe, targets);
    const reports = await expectBoots(medium!.path, { firmware: ['uefi'] });
    expect(reports.map(({ ok }) => ok)).toEqual([true]);
  });

  test(`${recipe}: the disk starts twice and passes every check`, async () => {
    const [, disk] = await buildImages(recipe, targets);
    const reports = await expectBoots(disk!.path, {});
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
