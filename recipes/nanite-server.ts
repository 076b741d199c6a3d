import { defineRecipe } from '../build/model/define.ts';
import { standardBoot, standardDisk } from '../build/model/disk.ts';
import adminTools from './features/admin-tools.ts';
import console from './features/console.ts';
import inference from './features/inference.ts';
import network from './features/network.ts';
import ssh from './features/ssh.ts';
import system from './features/system.ts';
import zram from './features/zram.ts';

export default defineRecipe({
  name: 'nanite-server',
  summary: 'a small Debian server that answers with a local language model',
  base: 'forky',
  features: [
    system({ hostname: 'nanite' }),
    network(),
    ssh(),
    console({ user: 'nanite' }),
    adminTools(),
    zram(),
    inference(),
  ],
  models: [{ name: 'smoke', source: 'builtin:smoke' }],
  machine: { memoryMiB: 2048, cpus: 2 },
  smoke: { throughputRatio: { kvm: 0.8, tcg: 0.005 } },
  disk: standardDisk(),
  boot: standardBoot,
  lockMaxAgeDays: 90,
});
