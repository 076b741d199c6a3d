import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectBoots, testOut } from './support/boots.ts';
import { buildDefaultImage } from './support/images.ts';

const shape = { secureBoot: true };

test("the live ISO starts where UEFI takes nothing but what is signed with Microsoft's keys", async () => {
  const { path } = await buildDefaultImage('iso');
  const [report] = await expectBoots(path, {
    firmware: ['uefi'],
    shape,
    only: ['machine/image', 'machine/secure-boot'],
    out: join(testOut, 'secure-boot'),
  });
  expect(report!.checks.filter(({ name }) => /Secure Boot|lets nobody change/.test(name))).toHaveLength(2);
});

// Also the proof that the firmware refuses anything at all.
test('a disk, which has no signed loader, is refused by the firmware', async () => {
  const { path } = await buildDefaultImage('qcow2');
  const out = join(testOut, 'secure-boot-refused');
  const error = await expectBoots(path, { firmware: ['uefi'], shape, only: ['machine/image'], out }).then(
    () => expect.unreachable('the disk was started'),
    (thrown) => thrown,
  );
  expect(error.code).toBe('BOOT_FAILED');
  const folder = /below (\S+)|in (\S+)$/.exec(error.hint);
  expect(readFileSync(join(folder![1] ?? folder![2]!, 'console.log'), 'utf8')).toMatch(
    /Access Denied|Security Violation/,
  );
});
