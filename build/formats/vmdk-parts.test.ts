import { expect, it } from 'vitest';
import { graftPatches, grainsOf } from './vmdk-parts.ts';

const sector = 512;
/** Sectors of a grain, and grains of a table, of the samples here. */
const [grain, tableGrains] = [8, 128];

it('finds where grains begin, and where the last one ends behind its marker', () => {
  const image = sample({ tables: 2, grains: { 3: 20, 130: 25 }, sizes: { 25: 501 } });
  expect(grainsOf(seen(image))).toEqual({ begin: 16 * sector, end: 27 * sector });
  expect(grainsOf(seen(sample({ tables: 2, grains: {} })))).toEqual({ begin: 16 * sector, end: 16 * sector });
});

it("moves a part's grains to their place on the disk, in both directories", () => {
  const whole = sample({ tables: 3, grains: { 0: 16 } });
  const part = sample({ tables: 1, grains: { 2: 16, 5: 18 } });
  const start = tableGrains * grain * sector;
  const patches = graftPatches(seen(whole), seen(part), { start, offset: 40 * sector });
  const [redundant, main, ...markers] = patches;
  expect([redundant!.offset, main!.offset]).toEqual([6 * sector, 9 * sector]);
  expect(main!.bytes.equals(redundant!.bytes)).toBe(true);
  const entries = Array.from({ length: tableGrains }, (_, index) => main!.bytes.readUInt32LE(index * 4));
  expect(Object.entries(entries).filter(([, entry]) => entry)).toEqual([
    ['2', 40],
    ['5', 42],
  ]);
  expect(markers.map(({ offset, bytes }) => [offset / sector, Number(bytes.readBigUInt64LE(0))])).toEqual([
    [40, (tableGrains + 2) * grain],
    [42, (tableGrains + 5) * grain],
  ]);
});

it('refuses what is no VMDK', () => {
  expect(() => grainsOf(seen(Buffer.alloc(4096)))).toThrow('is not where it must be');
});

/** Directories in sectors 3 and 4, their tables, three for each, from 5 and 8 on. */
function sample(of: {
  tables: number;
  grains: { [grain: number]: number };
  sizes?: { [sector: number]: number };
}): Buffer {
  const image = Buffer.alloc(64 * sector);
  image.write('KDMV');
  image.writeBigUInt64LE(BigInt(of.tables * tableGrains * grain), 12);
  image.writeBigUInt64LE(BigInt(grain), 20);
  image.writeUInt32LE(tableGrains, 44);
  for (const [at, value] of [
    [48, 3],
    [56, 4],
    [64, 16],
  ] as const)
    image.writeBigUInt64LE(BigInt(value), at);
  for (const [directory, tables] of [
    [3, 5],
    [4, 8],
  ] as const)
    for (let table = 0; table < of.tables; table++) {
      image.writeUInt32LE(tables + table, directory * sector + table * 4);
      for (const [index, entry] of Object.entries(of.grains))
        if (Math.floor(Number(index) / tableGrains) === table)
          image.writeUInt32LE(entry, (tables + table) * sector + (Number(index) % tableGrains) * 4);
    }
  for (const [at, size] of Object.entries(of.sizes ?? {})) image.writeUInt32LE(size, Number(at) * sector + 8);
  return image;
}

function seen(image: Buffer) {
  return {
    size: image.length,
    read: (offset: number, length: number) => image.subarray(offset, offset + length),
  };
}
