import { rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { expect } from 'vitest';
import { runProgram } from '../../testdata/program.ts';
import { type Delivered, flip, suffixes } from './delivered.ts';

/** What `ingot check` says of a good delivery, and sha256sum as well. */
export async function expectGood(delivered: Delivered): Promise<void> {
  const { image } = delivered;
  const report = await delivered.check(image.path);
  expect(report).toMatchObject({
    sha256: image.sha256,
    models: 1,
    lockCompared: true,
    signature: { verified: [] },
  });
  expect(report.packages).toBeGreaterThan(150);
  expect(report.materials).toBeGreaterThan(report.packages * 2);
  const name = basename(image.path);
  const sums = await runProgram(
    ['sha256sum', '--check', '--strict', `${name}.SHA256SUMS`],
    dirname(image.path),
  );
  expect([sums.status, sums.stdout.match(/: OK/g)?.length]).toEqual([0, suffixes.length]);
}

/** One flipped bit of the artifact contradicts every file beside it. */
export async function expectFlippedArtifactFound(delivered: Delivered): Promise<void> {
  const { image } = delivered;
  const artifact = await delivered.copy();
  const name = basename(artifact);
  rmSync(artifact);
  await cp(image.path, artifact);
  flip(artifact);
  const problems = await delivered.problems(artifact);
  expect(problems).toContain(`${name}: is not the file that ${name}.SHA256SUMS lists`);
  for (const [suffix, what] of [
    ['json', 'sha256'],
    ['provenance.json', 'digest of the subject'],
    ['spdx.json', 'hash of the image'],
    ['cdx.json', 'hash of the image'],
  ])
    expect(problems).toContain(`${name}.${suffix}: ${what} is ${image.sha256}, not `);
}

export interface Named {
  name: string;
  version: string;
  versionInfo: string;
  hashes: { content: string }[];
  checksums: { checksumValue: string }[];
  properties: { name: string; value: string }[];
}
export type Spdx = { packages: Named[]; files: { comment: string }[] };
export type CycloneDx = { components: Named[] };
export type Subjects = { subject: { digest: { sha256: string } }[] };

export const zero = '0'.repeat(64);
export const named = (list: Named[], name: string) => list.find((item) => item.name === name)!;
export const without = (list: Named[], name: string) => list.splice(list.indexOf(named(list, name)), 1);

/** Lies in three files, with sums that are right: each is named, and not only the first. */
export async function expectEveryLieNamed(delivered: Delivered): Promise<void> {
  const artifact = await delivered.copy();
  delivered.forge(artifact, 'spdx.json', (d: Spdx) => without(d.packages, 'zstd'));
  delivered.forge(artifact, 'cdx.json', (d: CycloneDx) => without(d.components, 'vim'));
  delivered.forge(artifact, 'provenance.json', (s: Subjects) =>
    Object.assign(s.subject[0]!.digest, { sha256: zero }),
  );
  const problems = await delivered.problems(artifact);
  for (const says of [
    /spdx.json: package zstd/,
    /cdx.json: package vim/,
    /provenance.json: digest of the subject/,
  ])
    expect(problems).toMatch(says);
}
