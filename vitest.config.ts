import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Suites build, boot or break whole images: one at a time, as they need the machine for themselves. */
const setupFiles = ['build/testdata/with-parent.ts'];
const suites = { testTimeout: 3_600_000, hookTimeout: 3_600_000, fileParallelism: false, setupFiles };

// `*.quick.ts` is what `npm test` runs, `*.night.ts` everything; scripts/test-suites.ts starts each file by
// itself.
export default defineConfig({
  test: {
    projects: [
      // Needs no root and no QEMU. The time only ends a test that hangs, also on a busy machine.
      {
        test: {
          name: 'unit',
          include: ['build/**/*.test.ts'],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // By itself, vitest leaves one processor idle.
          maxWorkers: availableParallelism(),
        },
      },
      { test: { ...suites, name: 'suites', include: ['build/suites/*.{quick,night}.ts'] } },
      // Breaks builds in every way and looks at five invariants; INGOT_FAULTS=some is the bounded part.
      {
        test: {
          ...suites,
          name: 'faults',
          include: ['build/faults/*.{quick,night}.ts'],
          globalSetup: 'build/faults/run.ts',
        },
      },
    ],
  },
});
