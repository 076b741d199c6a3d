import { expect, it } from 'vitest';
import { fragment, judged, needs, symbol, symbolsOf } from './fixture.ts';
import { judgeLines } from './verdict.ts';

it('a line is met when the value is there, whatever the base has', () => {
  const [before, after] = [symbolsOf(symbol('XFS_FS')), symbolsOf(symbol('XFS_FS', { value: 'y' }))];
  expect(judged('XFS_FS=y', after, { before })).toMatchObject({
    kind: 'met',
    met: true,
    value: 'y',
    base: 'n',
  });
  expect(judged('XFS_FS=n', symbolsOf(symbol('XFS_FS')))).toMatchObject({ kind: 'met' });
});

it('a value that follows from others is met and says that the line does nothing', () => {
  const symbols = symbolsOf(symbol('CRC32', { value: 'y', prompts: [], visible: 'n' }));
  expect(judged('CRC32=y', symbols)).toMatchObject({ kind: 'met-derived', met: true });
});

it.each([
  ['SCHED_BORE=y', /patch that is not in the kernel/, []],
  ['SCHED_EEVDF=y', /never a symbol/, []],
  ['ARM64_VHE=y', /only arch\/arm64\/Kconfig has it/, []],
  ['SPECULATION_MITIGATIONS=y', /gone since 6.9: renamed/, ['CONFIG_CPU_MITIGATIONS=y']],
  ['CFI_CLANG=y', /only read from old configurations, for CFI$/, ['CONFIG_CFI=y']],
])('%s is unknown', (line, why, fixes) => {
  const symbols = symbolsOf(
    symbol('CPU_MITIGATIONS', { value: 'y' }),
    symbol('CFI_CLANG', { value: 'y', transitional: true }),
    symbol('CFI', { value: 'y', defaults: [{ value: { symbol: 'CFI_CLANG' } }] }),
  );
  const verdict = judged(line, symbols);
  expect(verdict).toMatchObject({ kind: 'unknown', met: false, fixes });
  expect(verdict.why.join()).toMatch(why);
});

it('to ask that an unknown symbol be off is no less unknown', () => {
  expect(judged('XFS_SF=n', symbolsOf(symbol('XFS_FS')))).toMatchObject({ kind: 'unknown', met: false });
});

it('a rename counts from its version on only', () => {
  const symbols = symbolsOf(symbol('RETPOLINE', { value: 'y' }));
  expect(judged('RETPOLINE=y', symbols, { kernel: '6.6' })).toMatchObject({ kind: 'met' });
  expect(judged('SLS=y', symbols, { kernel: '6.6' })).toMatchObject({ kind: 'unknown', fixes: [] });
});

it('offers near names and calls none a successor', () => {
  const symbols = symbolsOf(symbol('SQUASHFS_XZ'), symbol('SQUASHFS_ZSTD'), symbol('NUMA'));
  const verdict = judged('SQUASHFS_XZZ=y', symbols);
  expect(verdict).toMatchObject({ kind: 'unknown', fixes: [] });
  expect(verdict.near![0]).toBe('SQUASHFS_XZ');
  expect(verdict.near).not.toContain('NUMA');
  expect(judged('QQQ=y', symbols).near).toEqual([]);
});

it.each([
  ['HZ_300=m', { type: 'bool' }, 'it takes y or n, not m'],
  ['XFS=5', { type: 'tristate' }, 'it takes y, m or n, not 5'],
  ['SHIFT="abc"', { type: 'int' }, 'it takes a whole number, not "abc"'],
  ['SHIFT=y', { type: 'int' }, 'it takes a whole number, not y'],
  ['NAME=y', { type: 'string' }, 'it is a text: write "y" in quotes'],
  ['BASE="0x10"', { type: 'hex' }, 'it takes a number in hex, not "0x10"'],
] as const)('%s has the wrong type', (line, given, why) => {
  const symbols = symbolsOf(symbol(line.split('=')[0]!, given));
  expect(judged(line, symbols)).toMatchObject({ kind: 'type', met: false, why: [why] });
});

it('says which line makes a symbol selectable', () => {
  const symbols = symbolsOf(
    symbol('IKCONFIG', { type: 'tristate' }),
    symbol('IKCONFIG_PROC', { visible: 'n', prompts: [{ text: 'x', if: needs('IKCONFIG', 'PROC_FS') }] }),
    symbol('PROC_FS', { value: 'y' }),
  );
  expect(judged('IKCONFIG_PROC=y', symbols)).toMatchObject({
    kind: 'not-selectable',
    why: ['it needs IKCONFIG [IKCONFIG=n]'],
    fixes: ['CONFIG_IKCONFIG=y'],
  });
});

it('follows a chain of unmet terms to the line that begins it', () => {
  const symbols = symbolsOf(
    symbol('MD', {}),
    symbol('BLK_DEV_DM', { type: 'tristate', visible: 'n', prompts: [{ text: 'x', if: needs('MD') }] }),
    symbol('DM_VERITY', {
      type: 'tristate',
      visible: 'n',
      prompts: [{ text: 'x', if: needs('BLK_DEV_DM') }],
    }),
  );
  expect(judged('DM_VERITY=y', symbols)).toMatchObject({
    kind: 'not-selectable',
    why: ['it needs BLK_DEV_DM [BLK_DEV_DM=n], which needs MD [MD=n]'],
    fixes: ['CONFIG_MD=y', 'CONFIG_BLK_DEV_DM=y'],
  });
});

it('names no line where one of the terms cannot be met', () => {
  const symbols = symbolsOf(
    symbol('MAXSMP'),
    symbol('HAS_LTO', { prompts: [], visible: 'n' }),
    symbol('LTO', { visible: 'n', prompts: [{ text: 'x', if: needs('HAS_LTO', 'MAXSMP') }] }),
  );
  expect(judged('LTO=y', symbols)).toMatchObject({
    kind: 'not-selectable',
    why: ['it needs HAS_LTO [HAS_LTO=n], which has no prompt, MAXSMP [MAXSMP=n]'],
    fixes: [],
  });
});

it('a term that must be off and is selected says by what', () => {
  const choice = { at: 'kernel/Kconfig.preempt:16', title: 'Preemption Model' };
  const symbols = symbolsOf(
    symbol('X86', { value: 'y', prompts: [], visible: 'n' }),
    symbol('HAS_LAZY', { value: 'y', prompts: [], visible: 'n', selected: needs('X86') }),
    symbol('VOLUNTARY', { choice, visible: 'n', prompts: [{ text: 'x', if: needs('!HAS_LAZY') }] }),
    symbol('LAZY', { choice, value: 'y' }),
  );
  expect(judged('VOLUNTARY=y', symbols)).toMatchObject({
    kind: 'not-selectable',
    why: ['it needs !HAS_LAZY [HAS_LAZY=y], which X86 selects', 'the choice "Preemption Model" has LAZY'],
    fixes: [],
  });
});

it('a symbol that can only be a module says what keeps it one', () => {
  const symbols = symbolsOf(
    symbol('BLK_DEV_DM', { type: 'tristate', value: 'm' }),
    symbol('DM_VERITY', {
      type: 'tristate',
      value: 'm',
      visible: 'm',
      prompts: [{ text: 'x', if: needs('BLK_DEV_DM') }],
    }),
  );
  expect(judged('DM_VERITY=y', symbols)).toMatchObject({
    kind: 'module',
    why: ['it needs BLK_DEV_DM [BLK_DEV_DM=m]'],
    fixes: ['CONFIG_BLK_DEV_DM=y'],
  });
});

it('a symbol that others select is forced', () => {
  const selected = { or: [needs('LOCKDOWN', 'MODULES'), needs('OFF')] as [never, never] };
  const symbols = symbolsOf(
    symbol('LOCKDOWN', { value: 'y' }),
    symbol('MODULES', { value: 'y' }),
    symbol('OFF'),
    symbol('MODULE_SIG', { value: 'y', selected }),
  );
  expect(judged('MODULE_SIG=n', symbols)).toMatchObject({ kind: 'forced', why: ['LOCKDOWN selects it'] });
});

it('a derived value names the symbol to set', () => {
  const symbols = symbolsOf(
    symbol('HZ_300'),
    symbol('HZ', {
      type: 'int',
      value: '250',
      prompts: [],
      visible: 'n',
      defaults: [{ value: { constant: '300' }, if: needs('HZ_300') }],
    }),
  );
  expect(judged('HZ=300', symbols)).toMatchObject({
    kind: 'derived',
    why: ['it has no prompt', 'it is 300 if HZ_300'],
    fixes: ['CONFIG_HZ_300=y'],
  });
});

it('a number out of range says the range and what the kernel makes of it', () => {
  const symbols = symbolsOf(
    symbol('LOG_BUF_SHIFT', { type: 'int', value: '25', ranges: [{ from: '12', to: '25' }] }),
  );
  expect(judged('LOG_BUF_SHIFT=99', symbols)).toMatchObject({
    kind: 'range',
    why: ['it takes 12 to 25, and the kernel makes 25 of 99'],
  });
  expect(judged('LOG_BUF_SHIFT=25', symbols)).toMatchObject({ kind: 'met' });
});

it('the member that a choice has cannot be asked away', () => {
  const choice = { at: 'kernel/Kconfig.hz:5', title: 'Timer frequency' };
  const before = symbolsOf(symbol('HZ_250', { choice, value: 'y' }), symbol('HZ_300', { choice }));
  expect(judged('HZ_250=n', before)).toMatchObject({ kind: 'choice', met: false });
  const after = symbolsOf(symbol('HZ_250', { choice }), symbol('HZ_300', { choice, value: 'y' }));
  const { lines } = fragment('sample', 'HZ_250=n', 'HZ_300=y');
  const verdicts = judgeLines(lines, { kernel: '7.2', before, after, names: new Map() });
  expect(verdicts.map(({ kind }) => kind)).toEqual(['met', 'met']);
});
