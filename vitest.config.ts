import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const setupFiles = ['build/testdata/with-parent.ts'];

/** Needs no root and no QEMU. The time only ends a test that hangs, also on a busy machine. */
const unit = {
  setupFiles,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // By itself, vitest leaves one processor idle.
  maxWorkers: availableParallelism(),
};

/** Suites build, boot or break whole images: one at a time, as they need the machine for themselves. */
const suites = { testTimeout: 3_600_000, hookTimeout: 3_600_000, fileParallelism: false, setupFiles };

/** What is in these folders replaces no module, so that its tests can share the modules that they load. */
const shared = '{attest,diff,formats,gguf,hygiene,kernel,model,project,resolve,schema}';

// `*.quick.ts` is what `npm test` runs, `*.night.ts` everything; scripts/test-suites.ts starts each file by
// itself.
export default defineConfig({
  test: {
    projects: [
      { test: { ...unit, name: 'unit', include: [`build/${shared}/**/*.test.ts`], isolate: false } },
      {
        test: {
          ...unit,
          name: 'unit-isolated',
          include: ['build/**/*.test.ts'],
          exclude: [`build/${shared}/**`],
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
