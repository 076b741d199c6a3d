import { expect, it } from 'vitest';
import { judgeWords, type Parameters } from './command-line.ts';
import { symbol, symbolsOf } from './fixture.ts';

const parameters: Parameters = {
  early: {
    audit: 'kernel/audit.c',
    mitigations: 'kernel/cpu.c',
    preempt: 'kernel/sched/core.c',
    nohz_full: 'kernel/sched/isolation.c',
    quiet: 'init/main.c',
    init_on_alloc: 'mm/mm_init.c',
  },
  modules: { 'random.trust_cpu': 'drivers/char/random.c' },
  documented: { hugepages: 'Documentation/admin-guide/kernel-parameters.txt' },
};
const symbols = symbolsOf(
  symbol('AUDIT', { value: 'y' }),
  symbol('CPU_MITIGATIONS', { value: 'y' }),
  symbol('PREEMPT_DYNAMIC', { value: 'y' }),
  symbol('ARCH_HAS_PREEMPT_LAZY', { value: 'y' }),
  symbol('HUGETLBFS', { value: 'y' }),
  symbol('NO_HZ_FULL'),
);
const judged = (...words: string[]) => judgeWords(words, parameters, symbols);

it('knows words of the kernel by their file, whatever the dash', () => {
  expect(
    judged('audit=0', 'quiet', 'random.trust_cpu=1', 'hugepages=16', 'init-on-alloc=1').map(({ why }) => why),
  ).toEqual([
    'kernel/audit.c',
    'init/main.c',
    'drivers/char/random.c',
    'Documentation/admin-guide/kernel-parameters.txt',
    'mm/mm_init.c',
  ]);
});

it.each([
  'systemd.unit=rescue.target',
  'rd.systemd.show_status',
  'boot=live',
  'live-config.noroot',
  'root=PARTLABEL=root',
  'net.ifnames=0',
  'modprobe.blacklist=nouveau',
  'ds=nocloud',
  'splash',
])('%s is read by a program of user space', (word) => {
  expect(judged(word)[0]).toMatchObject({ kind: 'user-space', met: true });
});

it.each([
  ['auditing=0', undefined],
  ['logic=no', undefined],
  ['mitigation=off', 'mitigations'],
  ['quite', 'quiet'],
  ['vm.swappiness=1', undefined],
])('nobody reads %s', (word, near) => {
  const [verdict] = judged(word);
  expect(verdict).toMatchObject({ kind: 'unknown', met: false });
  if (near) expect(verdict!.near).toBe(near);
});

it('refuses what this configuration or version does not take', () => {
  expect(judged('nohz_full=1-3', 'preempt=voluntary', 'preempt=full')).toEqual([
    expect.objectContaining({ kind: 'refused', why: 'the kernel takes it only with CONFIG_NO_HZ_FULL' }),
    expect.objectContaining({ kind: 'refused', why: expect.stringContaining('unsupported mode') }),
    expect.objectContaining({ kind: 'known', met: true }),
  ]);
});
