import { expect, it } from 'vitest';
import { after, encoded, lengthAt, sourceOf, tinyContent } from './fixture.ts';
import { validateGguf } from './validate.ts';
import type { GgufValue } from './write.ts';

/** Damages a valid file, in place or by returning another one, and says which offset is to be named. */
export type Damage = (file: Buffer) => number | [Buffer, number];
export type DamageCase = [name: string, damage: Damage, reason: RegExp];
type Place = (file: Buffer) => number;

/** One test per case: the file is valid before, and refused after, with the offset and the reason. */
export function itRefuses(cases: DamageCase[]): void {
  it.each(cases)('%s', async (_name, damage, reason) => {
    const file = encoded(tinyContent());
    await expect(validateGguf(sourceOf(file), 'model tiny')).resolves.toMatchObject({ tensorCount: 3 });
    const damaged = damage(file);
    const [bytes, offset] = Array.isArray(damaged) ? damaged : [file, damaged];
    const failure = await validateGguf(sourceOf(bytes), 'model tiny').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'MODEL_INVALID', message: expect.stringMatching(reason) });
    expect((failure as Error).message).toMatch(new RegExp(`^model tiny: offset ${offset}: `));
  });
}

/** At `offset` from the start of the file. */
export function fixed(offset: number): Place {
  return () => offset;
}

/** At the length of a key or tensor name. */
export function before(name: string): Place {
  return (file) => lengthAt(file, name);
}

/** At `offset` from the end of a key or tensor name. */
export function past(name: string, offset = 0): Place {
  return (file) => after(file, name) + offset;
}

/** Overwrites a u32; the error is there, or where `named` says. */
export function u32(place: Place, value: number, named = place): Damage {
  return (file) => {
    const offset = named(file);
    file.writeUInt32LE(value, place(file));
    return offset;
  };
}

export function u64(place: Place, value: bigint, named = place): Damage {
  return (file) => {
    const offset = named(file);
    file.writeBigUInt64LE(value, place(file));
    return offset;
  };
}

/** Overwrites one byte. */
export function u8(place: Place, value: number, named = place): Damage {
  return (file) => {
    const offset = named(file);
    file.writeUInt8(value, place(file));
    return offset;
  };
}

/** Appends zeros, so that a large count passes for one that fits. */
export function enlarged(bytes: number, damage: Damage): Damage {
  return (file) => {
    const larger = Buffer.concat([file, Buffer.alloc(bytes)]);
    return [larger, damage(larger) as number];
  };
}

/** Another file, with metadata values replaced or, when undefined, left out. */
export function values(changes: { [key: string]: GgufValue | undefined }, named: Place): Damage {
  return () => {
    const content = tinyContent();
    const all = new Map(content.metadata);
    for (const [key, value] of Object.entries(changes))
      if (value) all.set(key, value);
      else all.delete(key);
    const file = encoded({ ...content, metadata: [...all] });
    return [file, named(file)];
  };
}
