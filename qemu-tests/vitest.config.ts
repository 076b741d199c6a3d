import { defineConfig } from 'vitest/config';

// The checks of one booted machine: one after the other, for a machine does one thing at a time.
export default defineConfig({
  test: {
    include: ['qemu-tests/**/*.test.ts'],
    fileParallelism: false,
    // More than any wait within a test: the wait says what did not happen, this one only that time is up.
    testTimeout: 660_000,
    hookTimeout: 120_000,
    pool: 'forks',
    setupFiles: ['build/testdata/with-parent.ts'],
    // A failed check's message has to say all that was found: by default values are cut after 40 characters.
    chaiConfig: { truncateThreshold: 0 },
  },
});
