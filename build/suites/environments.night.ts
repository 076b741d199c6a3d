import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../host/fs/files.ts';
import { startIngot } from '../testdata/ingot.ts';
import type { Proof } from '../verify/proof.ts';
import { environments } from '../verify/variations.ts';
import { buildDefaultImage } from './support/images.ts';

/** All of them; INGOT_ENVIRONMENTS=2 is a sample. */
const count = Number(process.env.INGOT_ENVIRONMENTS ?? environments.length);
const targets = ['iso', 'qcow2'];

test('the default recipe has the same bytes in every environment', async () => {
  const { lock } = await buildDefaultImage();
  const chosen = [...targets.flatMap((target) => ['--target', target]), '--environments', String(count)];
  const out = join(repository, 'out', 'verify');
  const ended = await startIngot(['verify', 'nanite-server', ...chosen, ...lock, '--out', out]).ended;
  expect([ended.status, ended.stderr]).toEqual([0, expect.any(String)]);
  const proofs = JSON.parse(ended.stdout) as Proof[];
  expect(proofs.map(({ target }) => target)).toEqual(targets);
  for (const { environments: varied, differences } of proofs) {
    expect(varied.map(({ differingBytes }) => differingBytes)).toEqual(Array(count).fill(0));
    expect(differences).toEqual([]);
  }
});
