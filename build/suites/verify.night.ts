import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../host/store/store.ts';
import { copyCheckout, plant } from '../testdata/checkout.ts';
import { runProgram } from '../testdata/program.ts';
import type { Proof } from '../verify/proof.ts';
import { type BuiltImage, buildDefaultImage } from './support/images.ts';

let image: BuiltImage;
let folder: string;
beforeAll(async () => {
  image = await buildDefaultImage();
  folder = mkdtempSync(join((await openStore()).folder, 'verify-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a file that holds the time is caught and explained by its path, and nothing else differs', async () => {
  const checkout = copyCheckout(join(folder, 'checkout'));
  plant(
    checkout,
    'build/stages/root.sh',
    'systemd-sysusers --root',
    'date +%s >> "$root"/etc/motd\nsystemd-sysusers --root',
  );
  const ingot = ['node', join(checkout, 'scripts/ingot.mjs'), 'verify', 'nanite-server', '--only', 'clock'];
  const out = ['--out', join(folder, 'out'), '--json'];
  const ended = await runProgram([...ingot, ...image.lock, ...out], checkout);
  expect([ended.status, ended.stderr]).toEqual([12, expect.any(String)]);
  const [proof] = JSON.parse(ended.stdout) as [Proof];
  expect(proof.environments.map(({ name, evidence }) => [name, evidence])).toEqual([
    ['baseline', expect.any(String)],
    ['clock', 'clocks of Ingot, tools and root 400, 400, 400 days ahead'],
  ]);
  expect(proof.environments[1]!.differingBytes).toBeGreaterThan(0);
  const inImage = proof.differences.filter(({ where }) => where.join('/').includes('filesystem.squashfs'));
  // Besides the file, the size that the file system itself states.
  const files = inImage.filter(({ where }) => !where.at(-1)!.startsWith('unsquashfs -s'));
  expect(files.map(({ where }) => where.at(-1))).toEqual(['/etc/motd']);
  expect(files[0]!.cause).toMatch(/^-1[78]\d{8}\n\+1[89]\d{8}$/m);
  console.info(`differs:\n${proof.differences.map(({ where }) => where.join(' > ')).join('\n')}`);
});
