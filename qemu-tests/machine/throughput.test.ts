import { expect, test } from 'vitest';
import { type BenchRow, benchArguments } from '../../build/vm/session.ts';
import { throughputFloor } from '../../build/vm/throughput.ts';
import { record, session, useGuest } from '../guest.ts';

const vm = useGuest();
const { models, smoke } = session.record;
const model = models[0]!;

test('throughput in the guest against the same binary and model on the host', async (context) => {
  const path = `/usr/share/ai/models/${model.name}.gguf`;
  const command = benchArguments(path, session.native[0]!.n_threads).join(' ');
  const output = await vm.guest.succeed(
    `runuser --user nobody -- ${command} 2> /tmp/bench.err; cat /tmp/bench.err >&2`,
  );
  const backend = /libggml-cpu-(\w+)\.so/.exec(await vm.guest.succeed('cat /tmp/bench.err'))?.[1];
  const rows = JSON.parse(output) as BenchRow[];
  expect(rows).toHaveLength(2);
  const floor = throughputFloor(smoke.throughputRatio[session.accelerator], model.size);
  const figures: { [name: string]: unknown } = { backend, floor };
  const ratios = rows.map((row) => {
    const native = session.native.find((n) => n.n_prompt === row.n_prompt && n.n_gen === row.n_gen)!;
    expect(row.build_commit).toBe(native.build_commit);
    expect(row.samples_ts).toHaveLength(5);
    const name = row.n_gen ? 'generation' : 'prompt';
    figures[`${name} tokens/s`] = { mean: row.avg_ts, deviation: row.stddev_ts, samples: row.samples_ts };
    figures[`${name} guest/host`] = row.avg_ts / native.avg_ts;
    return row.avg_ts / native.avg_ts;
  });
  record(context, figures);
  for (const ratio of ratios) expect(ratio).toBeGreaterThanOrEqual(floor);
  const absolute = smoke.floors?.find(({ cpu }) => rows[0]!.cpu_info.includes(cpu));
  if (absolute)
    expect(rows.find((row) => row.n_gen)!.avg_ts).toBeGreaterThanOrEqual(absolute.generationTokensPerSecond);
});
