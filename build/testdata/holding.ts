import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { startProcess } from '../host/run/process.ts';
import { startIngot } from './ingot.ts';

/**
 * Test input: a suite that starts what stands for a machine, and a build, and then waits. The file that
 * INGOT_HOLDING_NOTES names gets the ids of the four processes.
 */
const notes = process.env.INGOT_HOLDING_NOTES!;

test('holds', async () => {
  const { pid } = await startProcess(['sleep', '300'], `${notes}.log`);
  const { child } = startIngot(['list'], {}, { prefix: ['sh', '-c', 'exec sleep 300'] });
  writeFileSync(notes, [process.ppid, process.pid, pid, child.pid].join(' '));
  await new Promise(() => setInterval(() => {}, 1000));
});
