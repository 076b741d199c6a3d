import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { withScratchFolder } from '../../host/fs/scratch.ts';
import { copyCheckout } from '../../testdata/checkout.ts';

it.concurrent.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  'all that was started for tests ends with a runner that gets %s alone',
  (signal) =>
    withScratchFolder('runner', async (folder) => {
      const checkout = copyCheckout(join(folder, 'checkout'));
      const notes = join(folder, 'pids');
      writeFileSync(join(checkout, 'build/suites/holding.night.ts'), "import '../testdata/holding.ts';\n");
      const words = ['--import', 'tsx', 'scripts/test-suites.ts', 'night', 'holding'];
      const runner = spawn(process.execPath, words, {
        cwd: checkout,
        env: { ...process.env, INGOT_HOLDING_NOTES: notes },
        stdio: 'ignore',
      });
      const ended = once(runner, 'exit');
      while (!existsSync(notes) && runner.exitCode === null) await sleep(100);
      await sleep(500);
      const started = readFileSync(notes, 'utf8').split(' ').map(Number);
      try {
        expect(started.filter(runs)).toHaveLength(4);
        runner.kill(signal);
        expect(await ended).toEqual(signal === 'SIGKILL' ? [null, signal] : [130, null]);
        const until = Date.now() + 20_000;
        while (started.some(runs) && Date.now() < until) await sleep(100);
        expect(started.filter(runs)).toEqual([]);
      } finally {
        // When the test fails, so that it leaves nothing.
        runner.kill('SIGKILL');
        for (const pid of started.filter(runs)) process.kill(pid, 'SIGKILL');
      }
    }),
);

/** A process that has ended and is not yet buried does not run. */
function runs(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(status, 'utf8'));
  } catch {
    return false;
  }
}
