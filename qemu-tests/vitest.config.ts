import { defineConfig } from 'vitest/config';

// The checks of one booted machine: one after the other, for a machine does one thing at a time.
export default defineConfig({
  test: {
    include: ['qemu-tests/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
});
