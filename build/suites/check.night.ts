import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf, type Material } from '../formats/attest/provenance.ts';
import type { ArtifactRecord } from '../model/types.ts';
import {
  type CycloneDx,
  expectEveryLieNamed,
  expectFlippedArtifactFound,
  expectGood,
  named,
  type Spdx,
  without,
  zero,
} from './support/damaged-deliveries.ts';
import { Delivered, flip, suffixes } from './support/delivered.ts';
import { type BuiltImage, buildDefaultImage } from './support/images.ts';

let image: BuiltImage;
let delivered: Delivered;

beforeAll(async () => {
  image = await buildDefaultImage();
  delivered = await Delivered.of(image);
});
afterAll(() => delivered.remove());

test('what a build delivers agrees, is valid, and satisfies sha256sum', async () => expectGood(delivered));

test('one flipped bit in the artifact is found', async () => expectFlippedArtifactFound(delivered));

test.each(suffixes)('one flipped bit in the file %s is found', async (suffix) => {
  const artifact = await delivered.copy();
  const name = basename(artifact);
  flip(`${artifact}.${suffix}`);
  expect(await delivered.problems(artifact)).toContain(
    suffix === 'SHA256SUMS' ? `${name}.SHA256SUMS` : `${name}.${suffix}: is not the file that`,
  );
});

test.each(suffixes)('a missing %s is found', async (suffix) => {
  const artifact = await delivered.copy();
  rmSync(`${artifact}.${suffix}`);
  expect(await delivered.problems(artifact)).toContain(`${basename(artifact)}.${suffix}: is missing`);
});

describe('a lie with sums that are right', () => {
  type Statement = {
    subject: { digest: { sha256: string } }[];
    predicate: {
      buildDefinition: { internalParameters: { materials: string }; resolvedDependencies: Material[] };
    };
  };
  const material = (statement: Statement, role: string) =>
    statement.predicate.buildDefinition.resolvedDependencies.find(
      ({ annotations }) => annotations.for === role,
    )!;

  const lies: [what: string, suffix: string, change: (value: never) => unknown, says: RegExp][] = [
    [
      'a package left out',
      'spdx.json',
      (d: Spdx) => without(d.packages, 'zstd'),
      /package zstd:amd64 is missing; the image has /,
    ],
    [
      'a package left out',
      'cdx.json',
      (d: CycloneDx) => without(d.components, 'zstd'),
      /package zstd:amd64 is missing; the image has /,
    ],
    [
      'another version',
      'spdx.json',
      (d: Spdx) => Object.assign(named(d.packages, 'vim'), { versionInfo: '0' }),
      /package vim:amd64 is 0, in the image /,
    ],
    [
      'another version',
      'cdx.json',
      (d: CycloneDx) => Object.assign(named(d.components, 'vim'), { version: '0' }),
      /package vim:amd64 is 0, in the image /,
    ],
    [
      'another file of a package',
      'cdx.json',
      (d: CycloneDx) => Object.assign(named(d.components, 'vim').hashes[0]!, { content: zero }),
      /hash of pkg:deb\/debian\/vim@\S+ is 0{64}, in the provenance /,
    ],
    [
      'another model',
      'spdx.json',
      (d: Spdx) => Object.assign(named(d.packages, 'smoke').checksums[0]!, { checksumValue: zero }),
      /model smoke is 0{64}, in the image /,
    ],
    [
      'another model',
      'cdx.json',
      (d: CycloneDx) => Object.assign(named(d.components, 'smoke').hashes[0]!, { content: zero }),
      /model smoke is 0{64}, in the image /,
    ],
    [
      'another kernel option',
      'spdx.json',
      (d: Spdx) =>
        Object.assign(d.files[0]!, { comment: d.files[0]!.comment.replace(/CONFIG_SMP=y/, 'CONFIG_SMP=n') }),
      /kernel option CONFIG_SMP is n, in the image y/,
    ],
    [
      'another kernel option',
      'cdx.json',
      (d: CycloneDx) =>
        Object.assign(named(d.components, 'linux').properties.find(({ name }) => name === 'CONFIG_SMP')!, {
          value: 'n',
        }),
      /kernel option CONFIG_SMP is n, in the image y/,
    ],
    [
      'another subject',
      'provenance.json',
      (s: Statement) => Object.assign(s.subject[0]!.digest, { sha256: zero }),
      /digest of the subject is 0{64}, not /,
    ],
    [
      'another material',
      'provenance.json',
      (s: Statement) => Object.assign(material(s, 'tools').digest, { sha256: zero }),
      /material tools \S+ \S+ is .*0{64}.*, in the lock /,
    ],
    [
      'another model as material',
      'provenance.json',
      (s: Statement) => Object.assign(material(s, 'model').digest, { sha256: zero }),
      /models is smoke 0{64}, not /,
    ],
    [
      'another recipe',
      'json',
      (r: ArtifactRecord) => Object.assign(r, { recipe: 'other' }),
      /recipe is nanite-server, not other/,
    ],
  ];

  test.each(lies)('%s in %s', async (_what, suffix, change, says) => {
    const artifact = await delivered.copy();
    delivered.forge(artifact, suffix, change);
    expect(await delivered.problems(artifact)).toMatch(says);
  });

  test('another material of the image with a digest to match contradicts the SBOMs', async () => {
    const artifact = await delivered.copy();
    delivered.forge(artifact, 'provenance.json', (statement: Statement) => {
      Object.assign(material(statement, 'image').digest, { sha256: zero });
      const { internalParameters, resolvedDependencies } = statement.predicate.buildDefinition;
      internalParameters.materials = digestOf(resolvedDependencies);
    });
    const problems = await delivered.problems(artifact, { lock: undefined });
    expect(problems).toMatch(/spdx\.json: hash of .*, in the provenance 0{64}/);
    expect(problems).toMatch(/cdx\.json: hash of .*, in the provenance 0{64}/);
  });

  test('every lie is named at once', async () => expectEveryLieNamed(delivered));
});
