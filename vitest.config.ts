import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      // Needs no root and no QEMU.
      { test: { name: 'unit', include: ['build/**/*.test.ts'], testTimeout: 20_000 } },
      // Builds the default image, boots it, and plants faults in it.
      {
        test: {
          name: 'image',
          include: ['build/suites/*.night.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 3_600_000,
          fileParallelism: false,
        },
      },
      // Breaks builds in every way and looks at five invariants; INGOT_FAULTS=some is the bounded part.
      {
        test: {
          name: 'faults',
          include: ['build/faults/*.night.ts'],
          globalSetup: 'build/faults/run.ts',
          testTimeout: 3_600_000,
          hookTimeout: 3_600_000,
          fileParallelism: false,
        },
      },
      // From a clone to an ISO in a clean container.
      { test: { name: 'fresh', include: ['build/suites/fresh.night.ts'], testTimeout: 3_600_000 } },
    ],
  },
});
