import { rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf, type Material } from '../formats/attest/provenance.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { runProgram } from '../testdata/program.ts';
import { buildDefaultImage, type DefaultImage } from './support/default-image.ts';
import { Delivered, flip, suffixes } from './support/delivered.ts';

let image: DefaultImage;
let delivered: Delivered;

beforeAll(async () => {
  image = await buildDefaultImage();
  delivered = await Delivered.of(image);
});
afterAll(() => delivered.remove());

test('what a build delivers agrees, is valid, and satisfies sha256sum', async () => {
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
});

test.each(['artifact', ...suffixes])('one flipped bit in the file %s is found', async (which) => {
  const artifact = await delivered.copy();
  const name = basename(artifact);
  if (which === 'artifact') {
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
  } else {
    flip(`${artifact}.${which}`);
    expect(await delivered.problems(artifact)).toContain(
      which === 'SHA256SUMS' ? `${name}.SHA256SUMS` : `${name}.${which}: is not the file that`,
    );
  }
});

test.each(suffixes)('a missing %s is found', async (suffix) => {
  const artifact = await delivered.copy();
  rmSync(`${artifact}.${suffix}`);
  expect(await delivered.problems(artifact)).toContain(`${basename(artifact)}.${suffix}: is missing`);
});

describe('a lie with sums that are right', () => {
  interface Named {
    name: string;
    version: string;
    versionInfo: string;
    hashes: { content: string }[];
    checksums: { checksumValue: string }[];
    properties: { name: string; value: string }[];
  }
  type Spdx = { packages: Named[]; files: { comment: string }[] };
  type CycloneDx = { components: Named[] };
  type Statement = {
    subject: { digest: { sha256: string } }[];
    predicate: {
      buildDefinition: { internalParameters: { materials: string }; resolvedDependencies: Material[] };
    };
  };
  const zero = '0'.repeat(64);
  const named = (list: Named[], name: string) => list.find((item) => item.name === name)!;
  const without = (list: Named[], name: string) => list.splice(list.indexOf(named(list, name)), 1);
  const material = (statement: Statement, role: string) =>
    statement.predicate.buildDefinition.resolvedDependencies.find(
      ({ annotations }) => annotations.for === role,
    )!;

  const lies: [what: string, suffix: string, change: (value: never) => unknown, says: RegExp][] = [
    [
      'a package left out',
      'spdx.json',
      (d: Spdx) => without(d.packages, 'zstd'),
      /package zstd:amd64 is missing, the image has /,
    ],
    [
      'a package left out',
      'cdx.json',
      (d: CycloneDx) => without(d.components, 'zstd'),
      /package zstd:amd64 is missing, the image has /,
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

  test('every lie is told of at once', async () => {
    const artifact = await delivered.copy();
    delivered.forge(artifact, 'spdx.json', (d: Spdx) => without(d.packages, 'zstd'));
    delivered.forge(artifact, 'cdx.json', (d: CycloneDx) => without(d.components, 'vim'));
    delivered.forge(artifact, 'provenance.json', (s: Statement) =>
      Object.assign(s.subject[0]!.digest, { sha256: zero }),
    );
    const problems = await delivered.problems(artifact);
    for (const says of [
      /spdx.json: package zstd/,
      /cdx.json: package vim/,
      /provenance.json: digest of the subject/,
    ])
      expect(problems).toMatch(says);
  });
});
