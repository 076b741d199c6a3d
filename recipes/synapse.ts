import { defineRecipe } from '../build/model/define.ts';
import { standardBoot, standardDisk } from '../build/model/disk.ts';
import console from './features/console.ts';
import inference from './features/inference.ts';
import measuring from './features/measuring.ts';
import memoryTuning from './features/memory-tuning.ts';
import microcode from './features/microcode.ts';
import modelContainer from './features/model-container.ts';
import network from './features/network.ts';
import quiet from './features/quiet.ts';
import readOnlyRoot from './features/read-only-root.ts';
import servingPerformance from './features/serving-performance.ts';
import system from './features/system.ts';
import unmitigatedEntry from './features/unmitigated-entry.ts';
import volatileJournal from './features/volatile-journal.ts';
import zram from './features/zram.ts';

export default defineRecipe({
  name: 'synapse',
  summary: 'as little system as a language model on the processor needs; its root is never written to',
  base: 'forky',
  components: ['non-free-firmware'],
  features: [
    system({ hostname: 'synapse' }),
    network(),
    console({ user: 'synapse' }),
    microcode(),
    zram(),
    readOnlyRoot(),
    volatileJournal(),
    quiet(),
    memoryTuning(),
    unmitigatedEntry(),
    // The model.
    inference(),
    servingPerformance(),
    modelContainer(),
    measuring(),
  ],
  models: [{ name: 'smoke', source: 'builtin:smoke' }],
  machine: { memoryMiB: 2048, cpus: 2 },
  hardware: {
    minimum: { memoryMiB: 2048, cpus: 2, diskMiB: 8 * 1024 },
    recommended: { memoryMiB: 32 * 1024, cpus: 8, diskMiB: 128 * 1024 },
  },
  smoke: { throughputRatio: { kvm: 0.8, tcg: 0.005 } },
  disk: standardDisk({ rootMiB: 2048 }),
  boot: standardBoot,
  lockMaxAgeDays: 90,
});
