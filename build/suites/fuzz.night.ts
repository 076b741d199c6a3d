import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fuzz, startParsers } from '../fuzz/supervise.ts';
import { targets } from '../fuzz/targets.ts';
import { repository } from '../host/fs/files.ts';

/** Another seed each night, which the report of a failure names. */
const seed = process.env.INGOT_FUZZ_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const count = 20_000;

const parsers = startParsers(join(repository, 'build/fuzz/targets.ts'));
afterAll(() => parsers.stop());

test.each(targets.map(({ name }) => name))(`%s answers or refuses by name, seed ${seed}`, async (target) => {
  const report = await fuzz(parsers, { target, seed, count });
  expect(report).toMatchObject({ tried: count, findings: [] });
});
