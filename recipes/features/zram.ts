import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'zram',
  summary: 'compressed swap in memory, for the system around the model',
  requirements: ['MEM-04'],
  options: {
    algorithm: {
      description: 'compressor: zstd packs tighter, lz4 is faster',
      type: 'string',
      default: 'zstd',
      enum: ['zstd', 'lz4'],
    },
    // Quantised weights hardly compress and mapped weights are never swapped, so a large device would serve
    // nothing.
    ramFraction: {
      description: 'size as a part of RAM',
      type: 'number',
      default: 0.25,
      minimum: 0.05,
      maximum: 1,
    },
    maximumMiB: {
      description: 'upper limit of the size',
      type: 'integer',
      default: 4096,
      minimum: 64,
      // The largest disk that a recipe may ask for; a longer number would be written with an exponent.
      maximum: 2 ** 26,
    },
  },
  effect: ({ algorithm, ramFraction, maximumMiB }) => ({
    values: {
      algorithm: algorithm === 'zstd' ? 'zstd(level=1)' : String(algorithm),
      size: `min(ram * ${ramFraction}, ${maximumMiB})`,
    },
  }),
});
