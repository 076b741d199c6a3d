import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageDiff } from '../diff/images.ts';
import { openStore } from '../host/store/store.ts';
import { copyCheckout, plant } from '../testdata/checkout.ts';
import { startIngot } from '../testdata/ingot.ts';
import { type BuiltImage, buildDefaultImage } from './support/images.ts';

let image: BuiltImage;
let folder: string;
let other: string;

// Copies instead of changes in place: the files are hard links into the store.
const planted = `
sed -i 's/^CONFIG_XFS_FS=m$/CONFIG_XFS_FS=y/' "$root"/boot/config-*
cp -p "$root"/usr/bin/find "$root"/usr/bin/find.new
chmod 4755 "$root"/usr/bin/find.new
mv "$root"/usr/bin/find.new "$root"/usr/bin/find
ln -sf /dev/null "$root"/etc/systemd/system/systemd-timesyncd.service
echo planted > "$root"/srv/planted
systemd-sysusers --root`;

beforeAll(async () => {
  image = await buildDefaultImage();
  folder = mkdtempSync(join((await openStore()).folder, 'diff-'));
  const checkout = copyCheckout(join(folder, 'checkout'));
  plant(checkout, 'build/stages/root.sh', 'systemd-sysusers --root', planted);
  plant(checkout, 'build/stages/hygiene.ts', 'assertClean(judge(', 'void (judge(');
  plant(checkout, 'overlays/system/etc/locale.conf.hbs', '{{locale}}', 'POSIX');
  plant(checkout, 'recipes/features/live.ts', "'loglevel=5'", "'loglevel=6'");
  plant(checkout, 'packages-lists/admin-tools.yaml', '  - btop\n', '');
  const lock = ['--lock', join(folder, 'other.lock.json')];
  await succeed(['lock', 'nanite-server', ...lock], checkout);
  const out = await succeed(['build', 'nanite-server', ...lock, '--out', join(folder, 'out')], checkout);
  other = (JSON.parse(out) as { path: string }[])[0]!.path;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function succeed(args: string[], checkout: string): Promise<string> {
  const ended = await startIngot(args, {}, { checkout }).ended;
  if (ended.status !== 0) throw new Error(`${args[0]} ended with ${ended.status}: ${ended.stderr}`);
  return ended.stdout;
}

function diff(a: string, b: string, ...options: string[]) {
  return startIngot(['diff', a, b, ...options]).ended;
}

test('every planted difference is named', async () => {
  const page = join(folder, 'page/diff.html');
  const started = Date.now();
  const ended = await diff(image.path, other, '--html', page);
  console.info(`compared in ${Math.round((Date.now() - started) / 1000)} s, ${ended.peakMiB} MiB`);
  expect([ended.status, ended.stderr]).toEqual([0, expect.not.stringContaining('"error"')]);
  const found = JSON.parse(ended.stdout) as ImageDiff;
  expect(found.identical).toBe(false);
  expect(found.packages).toContainEqual({ name: 'btop:amd64', from: expect.any(String) });
  expect(found.kernelOptions).toEqual([{ name: 'CONFIG_XFS_FS', from: 'm', to: 'y' }]);
  expect(found.commandLines).toContainEqual({
    name: 'boot:boot/grub/grub.cfg',
    from: 'loglevel=5',
    to: 'loglevel=6',
  });
  expect(found.units).toContainEqual({
    name: 'systemd-timesyncd.service',
    from: 'sysinit.target',
    to: 'masked',
  });
  expect(found.models).toEqual([]);
  expect(found.parts.map(({ name }) => name)).toContain('/live/filesystem.squashfs (file)');
  const file = (path: string) => found.files.find(({ name }) => name === path);
  expect(file('srv/planted')).toMatchObject({
    class: 'text',
    to: expect.stringMatching(/^0644 0:0 8 bytes/),
  });
  expect(file('usr/bin/find')).toMatchObject({ class: 'ELF', differs: ['mode'] });
  expect(file('etc/locale.conf')).toMatchObject({ class: 'text', differs: ['content', 'size'] });
  expect(file('usr/bin/btop')).toMatchObject({ class: 'ELF', differs: [] });
  expect(file('var/lib/dpkg/status')).toMatchObject({ class: 'package database' });
  expect(readFileSync(page, 'utf8')).toContain('+ srv/planted');
  console.info(
    `${found.files.length} files: ${found.files
      .map(({ name }) => name)
      .slice(0, 60)
      .join(' ')}`,
  );
});

test('the same image is identical, whatever its name, and passes every gate on contents', async () => {
  const copy = join(folder, 'copy', basename(image.path));
  await mkdir(join(folder, 'copy'));
  for (const suffix of ['', '.json']) cpSync(image.path + suffix, copy + suffix);
  const gates = ['size=0', 'packages=0', 'units=0', 'kernel-options=0', 'models=0', 'files=0'];
  const ended = await diff(image.path, copy, ...gates.flatMap((gate) => ['--fail-on', gate]));
  expect(ended.status).toBe(0);
  expect(JSON.parse(ended.stdout)).toMatchObject({ identical: true, summary: 'the images are identical' });
});

describe('gates', () => {
  test('that are crossed end with DIFF_EXCEEDED and are named, those that are kept are not', async () => {
    const crossed = ['size=0', 'packages=-0', 'files=0', 'units=0', 'kernel-options=0'];
    const kept = ['size=5%', 'packages=50%', 'files=+1000', 'models=0', 'kernel-options=1'];
    const gates = [...crossed, ...kept].flatMap((gate) => ['--fail-on', gate]);
    const ended = await diff(image.path, other, ...gates);
    expect(ended.status).toBe(13);
    const { gates: verdicts } = JSON.parse(ended.stdout) as { gates: { expression: string; ok: boolean }[] };
    const said = (ok: boolean) => verdicts.filter((one) => one.ok === ok).map(({ expression }) => expression);
    expect([said(false), said(true)]).toEqual([crossed, kept]);
    expect(ended.stderr).toContain('"error":"DIFF_EXCEEDED"');
    for (const gate of crossed) expect(ended.stderr).toContain(`EXCEEDED ${gate}: `);
  });

  const report = (sha256: string, bootSeconds: number, mean: number) => ({
    sha256,
    start: 1,
    firmware: 'bios',
    controller: 'usb',
    platform: 'metal',
    accelerator: 'tcg',
    bootSeconds,
    figures: { 'generation tokens/s': { mean } },
  });
  const write = async (reports: string, name: string, value: object) => {
    await mkdir(join(reports, name), { recursive: true });
    writeFileSync(join(reports, name, 'report.json'), JSON.stringify(value));
  };

  test('on what tests measured look at reports of these very bytes, and no others', async () => {
    const reports = join(folder, 'reports');
    const { sha256 } = JSON.parse(readFileSync(`${other}.json`, 'utf8')) as { sha256: string };
    const gate = ['--reports', reports, '--fail-on', 'tokens=-10%', '--fail-on', 'boot=+20%'];
    await write(reports, 'a-bios', report(image.sha256, 50, 10));
    await write(reports, 'b-bios', report('0'.repeat(64), 50, 10));
    const blind = await diff(image.path, other, ...gate);
    expect([blind.status, blind.stderr]).toEqual([3, expect.stringContaining('has no test reports of')]);
    await write(reports, 'b-bios', report(sha256, 60, 9));
    expect((await diff(image.path, other, ...gate)).status).toBe(0);
    await write(reports, 'b-bios', report(sha256, 61, 8.9));
    const slower = await diff(image.path, other, ...gate);
    expect(slower.status).toBe(13);
    expect(slower.stderr).toContain(
      'start 1 by bios on usb (metal) under tcg: 8.9 tokens/s instead of 10 (-11.0%)',
    );
    expect(slower.stderr).toContain('start 1 by bios on usb (metal) under tcg: 61 s instead of 50 (+22.0%)');
  });

  test('that are none are refused before anything is opened', async () => {
    const ended = await diff(image.path, other, '--fail-on', 'size=5MB');
    expect([ended.status, ended.stderr]).toEqual([
      2,
      expect.stringContaining('--fail-on size=5MB: not a metric with a limit'),
    ]);
  });
});
