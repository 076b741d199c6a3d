import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { differingBytes } from '../host/fs/compare.ts';
import { copy, fileSize } from '../host/fs/files.ts';
import { openStore } from '../host/store/store.ts';
import { startIngot } from '../testdata/ingot.ts';
import { buildDefaultImage } from './support/images.ts';

let image: string;
let bytes: number;
let folder: string;
const loops: string[] = [];

beforeAll(async () => {
  image = (await buildDefaultImage('iso')).path;
  bytes = await fileSize(image);
});
beforeEach(async () => {
  folder = mkdtempSync(join((await openStore()).folder, 'flash-'));
});
afterEach(() => {
  for (const loop of loops.splice(0)) execFileSync('losetup', ['--detach', loop]);
  rmSync(folder, { recursive: true, force: true });
});

/** A disk of this machine, and the file behind it. */
function attach(name: string, size: number, flags: string[] = []): { device: string; file: string } {
  const file = join(folder, name);
  writeFileSync(file, '');
  truncateSync(file, size);
  const device = execFileSync('losetup', ['--find', '--show', ...flags, file], { encoding: 'utf8' }).trim();
  loops.push(device);
  return { device, file };
}

async function flash(device: string, ...flags: string[]) {
  const { status, stdout, stderr } = await startIngot(['flash', image, '--device', device, ...flags]).ended;
  return { status, said: `${stdout}${stderr}` };
}

test('an image is written and read back; a byte that changes later is found, and the rest of the disk is left', async () => {
  const { device, file } = attach('stick', bytes + 2 ** 20);
  const behind = openSync(file, 'r+');
  writeSync(behind, 'kept', bytes + 4096);
  closeSync(behind);
  const written = await flash(device, '--yes');
  expect(written).toMatchObject({ status: 0, said: expect.stringContaining('"same": true') });
  const whole = readFileSync(file);
  expect(whole.subarray(bytes + 4096, bytes + 4100).toString()).toBe('kept');
  await copy(file, join(folder, 'copy'));
  truncateSync(join(folder, 'copy'), bytes);
  expect(await differingBytes(join(folder, 'copy'), image)).toBe(0);
  expect(await flash(device, '--check')).toMatchObject({ status: 0 });

  const at = bytes - 12_345;
  const changed = openSync(file, 'r+');
  writeSync(changed, Buffer.from([whole[at]! ^ 1]), 0, 1, at);
  closeSync(changed);
  const checked = await flash(device, '--check');
  expect(checked.status).toBe(11);
  expect(checked.said).toContain(`first at byte ${at}`);
});

test('what must not be written to is refused, and is as it was', async () => {
  const small = attach('small', bytes - 512);
  expect(await flash(small.device, '--yes')).toMatchObject({
    status: 5,
    said: expect.stringMatching(/DEVICE_REFUSED.*the image needs/s),
  });
  const readOnly = attach('read-only', bytes, ['--read-only']);
  expect(await flash(readOnly.device, '--yes')).toMatchObject({
    status: 5,
    said: expect.stringMatching(/is read-only/),
  });
  const mounted = attach('mounted', bytes);
  execFileSync('mkfs.ext4', ['-q', mounted.device]);
  const place = mkdtempSync(join(folder, 'mount-'));
  execFileSync('mount', [mounted.device, place]);
  try {
    expect(await flash(mounted.device, '--yes')).toMatchObject({
      status: 5,
      said: expect.stringMatching(/is in use/),
    });
  } finally {
    execFileSync('umount', [place]);
  }
  expect(
    execFileSync('blkid', ['-o', 'value', '-s', 'TYPE', mounted.device], { encoding: 'utf8' }).trim(),
  ).toBe('ext4');
  // Nobody can be asked here.
  const unasked = attach('unasked', bytes);
  expect(await flash(unasked.device)).toMatchObject({ status: 2, said: expect.stringMatching(/give --yes/) });
  for (const { file } of [small, unasked]) {
    const there = readFileSync(file);
    expect(there.equals(Buffer.alloc(there.length))).toBe(true);
  }
});
