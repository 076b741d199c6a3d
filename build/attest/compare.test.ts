import { expect, it } from 'vitest';
import { renderCycloneDx } from '../formats/attest/cyclonedx.ts';
import { sampleInventory } from '../formats/attest/fixture.ts';
import type { Inventory } from '../formats/attest/inventory.ts';
import { materialsOf } from '../formats/attest/provenance.ts';
import { claimsOfCycloneDx, claimsOfSpdx } from '../formats/attest/sbom-claims.ts';
import { renderSpdx } from '../formats/attest/spdx.ts';
import type { ImageContents } from '../inspect/image-contents.ts';
import { namedPackage } from '../schema/fixture.ts';
import { compareHashes, compareMaterials, compareSbom } from './compare.ts';

/** The image that the sample inventory is true of. */
function contents(): ImageContents {
  const { packages, kernel } = sampleInventory();
  const { path, sha256, options } = kernel!.config;
  return { packages, kernel: { path, sha256, options }, models: new Map([['smoke', 'e'.repeat(64)]]) };
}

const formats = {
  spdx: (inventory: Inventory) => claimsOfSpdx(JSON.parse(renderSpdx(inventory))),
  cyclonedx: (inventory: Inventory) => claimsOfCycloneDx(JSON.parse(renderCycloneDx(inventory))),
};
const both = Object.entries(formats);

it.each(both)('%s is read back as what it was made of', (_format, claims) => {
  expect(compareSbom(claims(sampleInventory()), contents())).toEqual([]);
  expect(claims(sampleInventory()).artifact).toBe('1'.repeat(64));
});

const lies: [string, (inventory: Inventory) => unknown, string[]][] = [
  ['a package left out', (i) => i.packages.pop(), ['package zstd:amd64 is missing; the image has 1.5-1']],
  [
    'a package too many',
    (i) => i.packages.push({ ...i.packages[1]!, name: 'vim', purl: 'pkg:deb/debian/vim' }),
    ['package vim:amd64 is not in the image'],
  ],
  [
    'a package twice',
    (i) => i.packages.push({ ...i.packages[1]!, version: '2' }),
    ['package zstd:amd64 is 1.5-1 and 2, in the image 1.5-1'],
  ],
  [
    'another version',
    (i) => Object.assign(i.packages[1]!, { version: '1.4-1' }),
    ['package zstd:amd64 is 1.4-1, in the image 1.5-1'],
  ],
  [
    'another model',
    (i) => Object.assign(i.models[0]!, { sha256: 'f'.repeat(64) }),
    [`model smoke is ${'f'.repeat(64)}, in the image ${'e'.repeat(64)}`],
  ],
  ['a model left out', (i) => i.models.pop(), [`model smoke is missing; the image has ${'e'.repeat(64)}`]],
  [
    'another kernel configuration',
    (i) => Object.assign(i.kernel!.config, { sha256: 'f'.repeat(64) }),
    [`kernel configuration /boot/config-7.2-amd64 is ${'f'.repeat(64)}, in the image ${'d'.repeat(64)}`],
  ],
  [
    'another kernel option',
    (i) => i.kernel!.config.options.splice(0, 1, ['CONFIG_64BIT', 'n']),
    ['kernel option CONFIG_64BIT is n, in the image y'],
  ],
];

it.each(
  both.flatMap(([format, claims]) =>
    lies.map(([lie, tell, problems]) => ({ format, claims, lie, tell, problems })),
  ),
)('$format with $lie is found out', ({ claims, tell, problems }) => {
  const inventory = sampleInventory();
  tell(inventory);
  expect(compareSbom(claims(inventory), contents())).toEqual(problems);
});

it.each(both)('%s with another file of a package than the provenance is found out', (_format, claims) => {
  const { packages } = sampleInventory();
  const used = packages.map((p) => ({ ...p, size: 1, installedKiB: 4 }));
  const materials = materialsOf({ packages: used, tools: [], models: [] });
  expect(compareHashes(claims(sampleInventory()), materials)).toEqual([]);
  const lying = sampleInventory();
  lying.packages[1]!.sha256 = 'f'.repeat(64);
  expect(compareHashes(claims(lying), materials)).toEqual([
    `hash of ${packages[1]!.purl} is ${'f'.repeat(64)}, in the provenance ${'b'.repeat(64)}`,
  ]);
});

it('finds every material that the lock does not have, and every one that is missing', () => {
  const lock = {
    packages: [namedPackage('zstd')],
    tools: [namedPackage('xorriso', 'b')],
    models: [],
  };
  const locked = materialsOf(lock);
  expect(compareMaterials(locked, locked)).toEqual([]);
  const other = materialsOf({
    ...lock,
    packages: [namedPackage('zstd', 'c')],
    tools: [namedPackage('vim', 'b')],
  });
  expect(compareMaterials(other, locked)).toEqual([
    expect.stringMatching(/^material image zstd all\.deb is .*c{64}.*, in the lock .*a{64}/),
    'material tools vim all.deb is not in the lock',
    expect.stringMatching(/^material tools xorriso all\.deb is missing; the lock has/),
  ]);
});
