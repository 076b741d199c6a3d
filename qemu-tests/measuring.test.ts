import { expect, test } from 'vitest';
import type { BenchRow } from '../build/vm/session.ts';
import { record, session, useGuest } from './guest.ts';

const vm = useGuest();

test('ai-bench measures each number of threads', async (context) => {
  const settings = 'PROMPT=16 GENERATE=4 DEPTH=0 REPEAT=1 OUTPUT=json';
  const rows = JSON.parse(await vm.guest.succeed(`${settings} ai-bench 2> /dev/null`)) as BenchRow[];
  const threads = [...new Set(rows.map(({ n_threads }) => n_threads))];
  expect(threads).toEqual(Array.from({ length: session.record.machine.cpus }, (_, index) => index + 1));
  for (const kind of ['n_prompt', 'n_gen'] as const)
    expect(rows.filter((row) => row[kind] > 0)).toHaveLength(threads.length);
  record(context, { tokensPerSecond: rows.map((row) => [row.n_threads, row.n_gen, row.avg_ts]) });
  expect(await vm.guest.fail('ai-bench /nowhere.gguf')).toContain('there is no model at /nowhere.gguf');
});

test('the tools tell of this machine', async () => {
  expect(await vm.guest.succeed('lstopo-no-graphics --of console')).toContain('Machine');
  expect(await vm.guest.succeed('numactl --hardware')).toContain('node 0 cpus:');
  expect(await vm.guest.succeed('perf stat --event=task-clock true 2>&1')).toContain('task-clock');
});
