import { object } from './object.ts';

const machine = object(
  {
    memoryMiB: { type: 'integer', minimum: 512, maximum: 2 ** 24 },
    cpus: { type: 'integer', minimum: 1, maximum: 4096 },
    diskMiB: { type: 'integer', minimum: 1024, maximum: 2 ** 26 },
    graphics: { type: 'string', format: 'one-line' },
  },
  ['graphics'],
);

/** What a recipe says to those who look for a machine. */
export const hardware = object({ minimum: machine, recommended: machine });
