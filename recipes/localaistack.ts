import { defineRecipe } from '../build/model/define.ts';
import { standardBoot, standardDisk } from '../build/model/disk.ts';
import type { Recipe } from '../build/model/types.ts';
import adminTools from './features/admin-tools.ts';
import backup from './features/backup.ts';
import console from './features/console.ts';
import firewall from './features/firewall.ts';
import firmware from './features/firmware.ts';
import hardwareTools from './features/hardware-tools.ts';
import inference from './features/inference.ts';
import jupyter from './features/jupyter.ts';
import languages from './features/languages.ts';
import localCi from './features/local-ci.ts';
import mariadb from './features/mariadb.ts';
import microcode from './features/microcode.ts';
import modelVersioning from './features/model-versioning.ts';
import modules from './features/modules.ts';
import network from './features/network.ts';
import nginx from './features/nginx.ts';
import nodeExporter from './features/node-exporter.ts';
import nodejs from './features/nodejs.ts';
import onnx from './features/onnx.ts';
import podman from './features/podman.ts';
import postgresql from './features/postgresql.ts';
import pythonTools from './features/python-tools.ts';
import pytorch from './features/pytorch.ts';
import ssh from './features/ssh.ts';
import system from './features/system.ts';
import valkey from './features/valkey.ts';
import vulkan from './features/vulkan.ts';
import zram from './features/zram.ts';

/** What each use has besides what all have. Every one is a recipe: it has packages and a lock of its own. */
const profiles = {
  minimal: {
    name: 'localaistack',
    summary: 'the host of a control layer: runtimes, databases and modules, most of them off until asked',
    features: [pythonTools()],
    rootMiB: 6 * 1024,
  },
  development: {
    name: 'localaistack-development',
    summary: 'localaistack with languages, and frameworks to train and run models',
    features: [
      pythonTools({ all: true }),
      languages(),
      pytorch(),
      onnx(),
      jupyter(),
      modelVersioning(),
      localCi(),
    ],
    rootMiB: 10 * 1024,
  },
};

/** The recipe for one use. Files of recipes/ call it, and have the names that the command line takes. */
export function localaistack(profile: keyof typeof profiles): Recipe {
  const { name, summary, features, rootMiB } = profiles[profile];
  return defineRecipe({
    name,
    summary,
    base: 'forky',
    components: ['non-free-firmware'],
    features: [
      system({ hostname: 'localaistack' }),
      network(),
      ssh(),
      console({ user: 'localaistack' }),
      adminTools(),
      zram(),
      firewall(),
      backup(),
      // The machine.
      microcode(),
      firmware({ for: 'wired' }),
      hardwareTools(),
      nodeExporter(),
      // Models.
      inference(),
      vulkan(),
      // Data.
      postgresql(),
      mariadb(),
      valkey(),
      nginx(),
      // What modules run on.
      podman(),
      nodejs(),
      modules(),
      ...features,
    ],
    models: [{ name: 'smoke', source: 'builtin:smoke' }],
    hardware: {
      minimum: { memoryMiB: 8 * 1024, cpus: 4, diskMiB: 64 * 1024 },
      recommended: {
        memoryMiB: 32 * 1024,
        cpus: 8,
        diskMiB: 512 * 1024,
        graphics: 'with 8 GiB, driven by Vulkan',
      },
    },
    machine: { memoryMiB: 3072, cpus: 2 },
    smoke: { throughputRatio: { kvm: 0.8, tcg: 0.005 } },
    disk: standardDisk({ sizeMiB: rootMiB + 6 * 1024, rootMiB, dataPrograms: true }),
    boot: standardBoot,
    lockMaxAgeDays: 90,
  });
}

export default localaistack('minimal');
