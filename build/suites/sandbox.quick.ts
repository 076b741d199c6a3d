import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareTools, removeFolders } from './support/conversion.ts';
import { sameWhereverItIsMade } from './support/conversion-checks.ts';
import { expectEveryLieNamed, expectFlippedArtifactFound, expectGood } from './support/damaged-deliveries.ts';
import { buildDefaultImage } from './support/default-image.ts';
import { Delivered } from './support/delivered.ts';
import { plants } from './support/hygiene-plants.ts';
import { judgeChanged, openPlantedRoot, type PlantedRoot } from './support/planted-root.ts';

describe('ingot check', () => {
  let delivered: Delivered;
  beforeAll(async () => {
    delivered = await Delivered.of(await buildDefaultImage());
  });
  afterAll(() => delivered.remove());

  test('finds nothing wrong with what a build delivers', async () => expectGood(delivered));
  test('finds one flipped bit of the artifact', async () => expectFlippedArtifactFound(delivered));
  test('names every lie at once', async () => expectEveryLieNamed(delivered));
});

describe('hygiene', () => {
  /** One of each kind: identity, credentials, accounts, modes, packages, units, SSH, and what nobody owns. */
  const sample = [
    'machine-id',
    'private-key',
    'password',
    'set-uid',
    'altered-files',
    'masked-units',
    'ssh-root',
    'unowned-files',
  ];
  let root: PlantedRoot;
  beforeAll(async () => {
    root = await openPlantedRoot();
  });

  test('finds nothing in the root as it is', async () => {
    expect(await judgeChanged(root, ':', 'altered-files private-key')).toEqual([]);
  });

  test.each(sample)('finds a planted violation of %s', async (check) => {
    const [, script, ...also] = plants.find(([name]) => name === check)!;
    const findings = await judgeChanged(root, script, check);
    expect(findings.map((finding) => finding.check.name).sort()).toEqual([check, ...also].sort());
  });
});

describe('a conversion', () => {
  beforeAll(prepareTools);
  afterAll(removeFolders);
  describe.each(['qcow2 zstd', 'vmdk deflate'])('%s', sameWhereverItIsMade);
});
