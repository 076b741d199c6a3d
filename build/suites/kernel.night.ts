import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repository } from '../host/fs/files.ts';
import { stageWith } from '../host/store/find-stage.ts';
import { openStore } from '../host/store/store.ts';
import type { KernelReport } from '../kernel/report.ts';
import { copyCheckout, plant } from '../testdata/checkout.ts';
import { startIngot } from '../testdata/ingot.ts';

// The locked sources, read by the kernel's own Kconfig: each row of the original table, and a line of each
// kind that fails.
const folder = mkdtempSync(join(tmpdir(), 'ingot-kernel-'));
afterAll(() => rmSync(folder, { recursive: true }));
const planted = (name: string) => join(repository, 'build/suites/support/kernel', `${name}.config`);

async function check(
  ...args: string[]
): Promise<{ status: number | null; reports: KernelReport[]; stderr: string }> {
  const { status, stdout, stderr } = await startIngot(['kernel', 'check', ...args]).ended;
  return { status, reports: stdout ? JSON.parse(stdout) : [], stderr };
}

const kinds = ({ verdicts }: KernelReport) =>
  Object.fromEntries(verdicts.map(({ line, kind }) => [line.symbol, kind]));
const verdictOn = ({ verdicts }: KernelReport, symbol: string) =>
  verdicts.find(({ line }) => line.symbol === symbol)!;

const everywhere = {
  CPU_FREQ_DEFAULT_GOV_PERFORMANCE: 'met',
  CPU_FREQ_GOV_PERFORMANCE: 'met',
  CPU_MITIGATIONS: 'met',
  DM_VERITY: 'module',
  EROFS_FS: 'met',
  HZ_300: 'met',
  IKCONFIG_PROC: 'not-selectable',
  LRU_GEN_ENABLED: 'met',
  NO_HZ_FULL: 'met',
  NUMA: 'met',
  PCI_STUB: 'met',
  SCHED_BORE: 'unknown',
  SCHED_CLASS_EXT: 'met',
  SCHED_EEVDF: 'unknown',
  SPECULATION_MITIGATIONS: 'unknown',
  TRANSPARENT_HUGEPAGE: 'met',
  TRANSPARENT_HUGEPAGE_MADVISE: 'met',
  XFS_FS: 'met',
  ZRAM_BACKEND_ZSTD: 'met',
  ZRAM_DEF_COMP_ZSTD: 'met',
};

test.each([
  ['6.12', 'met', 'unknown'],
  ['7.2', 'not-selectable', 'met'],
])('the original table on %s', async (kernel, voluntary, lazy) => {
  const table = await check(planted('table'), '--kernel', kernel);
  expect([table.status, table.reports.length]).toEqual([3, 1]);
  const [report] = table.reports as [KernelReport];
  expect(kinds(report)).toEqual({ ...everywhere, PREEMPT_VOLUNTARY: voluntary });
  expect(verdictOn(report, 'DM_VERITY').fixes).toEqual(['CONFIG_BLK_DEV_DM=y']);
  expect(verdictOn(report, 'IKCONFIG_PROC').fixes).toEqual(['CONFIG_IKCONFIG=y']);
  expect(verdictOn(report, 'SPECULATION_MITIGATIONS').fixes).toEqual(['# CONFIG_CPU_MITIGATIONS is not set']);
  expect(report.sideEffects.length).toBeGreaterThan(30);
  const other = await check(planted('lazy'), '--kernel', kernel);
  expect(kinds(other.reports[0]!)).toEqual({ PREEMPT_LAZY: lazy, HZ: 'derived' });
  expect(verdictOn(other.reports[0]!, 'HZ').fixes).toEqual(['CONFIG_HZ_300=y']);
});

test('why voluntary preemption cannot be had on 7.2', async () => {
  const [report] = (await check(planted('table'), '--kernel', '7.2')).reports;
  const why = verdictOn(report!, 'PREEMPT_VOLUNTARY').why.join('; ');
  expect(why).toMatch(/!ARCH_HAS_PREEMPT_LAZY .*which X86 selects/);
  expect(why).toContain('the choice "Preemption Model" has PREEMPT_LAZY');
});

test('two rows of the table are members of one choice', async () => {
  const { status, stderr } = await check(planted('table'), planted('lazy'), '--kernel', '7.2');
  expect(status).toBe(3);
  expect(stderr).toMatch(/lazy and table|table and lazy/);
  expect(stderr).toMatch(/choice .*Preemption Model.*CONFIG_PREEMPT_LAZY=y.*CONFIG_PREEMPT_VOLUNTARY=y/);
});

test('the corrected table is all met on every locked kernel', async () => {
  const { status, reports } = await check(planted('corrected'));
  expect([status, reports.map(({ kernel }) => kernel)]).toEqual([0, ['6.12', '7.2']]);
  for (const report of reports) expect(new Set(Object.values(kinds(report)))).toEqual(new Set(['met']));
});

test('a line of each kind that fails', async () => {
  const { status, reports } = await check(planted('hard'), '--kernel', '7.2');
  expect(status).toBe(3);
  expect(kinds(reports[0]!)).toEqual({
    ARM64_SVE: 'unknown',
    CRC32: 'derived',
    HZ_1000: 'type',
    HZ_250: 'choice',
    LOG_BUF_SHIFT: 'range',
    LOG_CPU_MAX_BUF_SHIFT: 'type',
    LTO_CLANG_THIN: 'not-selectable',
    MODULE_SIG: 'forced',
    NR_CPUS: 'not-selectable',
    SQUASHFS_XZZ: 'unknown',
  });
  expect(verdictOn(reports[0]!, 'ARM64_SVE').why.join()).toContain('arch/arm64/Kconfig');
  expect(verdictOn(reports[0]!, 'SQUASHFS_XZZ').near).toContain('SQUASHFS_XZ');
  expect(verdictOn(reports[0]!, 'MODULE_SIG').why.join()).toContain('SECURITY_LOCKDOWN_LSM');
});

test.each([
  ['inference', 'virtual-machine', 'cloud', 'hardening', 'reproducible'],
  ['laptop', 'reproducible'],
  ['minimal', 'reproducible', 'virtual-machine'],
])('fragments %s, %s … are met together on every locked kernel', async (...names) => {
  const { status, reports, stderr } = await check(...names);
  expect([status, stderr.match(/"message":.*/)?.[0] ?? '']).toEqual([0, '']);
  expect(reports.map(({ kernel }) => kernel)).toEqual(['6.12', '7.2']);
});

test('fragments that disagree are refused with both names', async () => {
  const { status, stderr } = await check('inference', 'laptop', '--kernel', '7.2');
  expect(status).toBe(3);
  expect(stderr).toMatch(/inference and laptop ask for two members of the choice/);
});

test('the words of a recipe, and words that nobody reads', async () => {
  const { status, reports } = await check('synapse', '--kernel', '7.2');
  expect([status, reports[0]!.words.filter(({ met }) => !met)]).toEqual([0, []]);
  expect(reports[0]!.words.map(({ word }) => word)).toContain('mitigations=off');
});

test('a source of the user is checked as a locked one is, from its own defconfig', async () => {
  const stage = await stageWith(await openStore(), 'kconfig/source/Makefile');
  const { status, reports, stderr } = await check('reproducible', '--kernel', join(stage!, 'kconfig/source'));
  expect([status, stderr.match(/"message":.*/)?.[0] ?? '']).toEqual([0, '']);
  expect(reports.map(({ base }) => base)).toEqual(['defconfig']);
  expect(reports[0]!.kernel).toMatch(/^(6\.12|7\.2)$/);
});

test('what is no source of a kernel is refused', async () => {
  writeFileSync(join(folder, 'no-source'), 'text');
  const { status, stderr } = await check('reproducible', '--kernel', join(folder, 'no-source'));
  expect([status, stderr]).toEqual([3, expect.stringContaining('it is no kernel source')]);
});

test('a recipe with a kernel of its own: planned, and stopped by a wrong line', async () => {
  const checkout = copyCheckout(join(folder, 'checkout'));
  const recipe = 'recipes/nanite-server.ts';
  const kernel = (fragments: string, ...lines: string[]) =>
    `kernel: { version: '7.2', base: 'amd64', fragments: [${fragments}], lines: ${JSON.stringify(lines)} },`;
  const all = "'inference', 'virtual-machine', 'reproducible'";
  const good = kernel(all);
  plant(checkout, recipe, 'lockMaxAgeDays: 90,', `lockMaxAgeDays: 90,\n  ${good}`);
  const ingot = (...args: string[]) => startIngot(args, {}, { checkout }).ended;
  const checked = await ingot('kernel', 'check', 'nanite-server');
  expect([checked.status, checked.stderr.match(/"message":.*/)?.[0] ?? '']).toEqual([0, '']);
  const stale = await ingot('plan', 'nanite-server');
  expect([stale.status, stale.stderr]).toEqual([4, expect.stringContaining('linux-image-amd64 was removed')]);
  const locked = await ingot('lock', 'nanite-server');
  expect([locked.status, locked.stderr.match(/"message":.*/)?.[0] ?? '']).toEqual([0, '']);
  const planned = await ingot('plan', 'nanite-server');
  expect([planned.status, JSON.parse(planned.stdout)[0].kernel]).toMatchObject([0, { version: '7.2' }]);
  expect(JSON.parse(planned.stdout)[0].kernel.met).toBeGreaterThan(40);
  const wrong = kernel(all, '# Verified disks need no module.', 'CONFIG_DM_VERITY=y');
  plant(checkout, recipe, good, wrong);
  for (const verb of ['plan', 'build']) {
    const stopped = await ingot(verb, 'nanite-server');
    expect([stopped.status, stopped.stderr]).toEqual([
      3,
      expect.stringContaining('fix: CONFIG_BLK_DEV_DM=y'),
    ]);
  }
  plant(checkout, recipe, wrong, kernel("'inference', 'virtual-machine'"));
  const random = await ingot('plan', 'nanite-server');
  expect([random.status, random.stderr]).toEqual([3, expect.stringContaining('random key')]);
});
