import { defineRecipe } from '../build/model/define.ts';
import { standardBoot, standardDisk } from '../build/model/disk.ts';
import adminTools from './features/admin-tools.ts';
import aiMenu from './features/ai-menu.ts';
import assistant from './features/assistant.ts';
import browser from './features/browser.ts';
import chatPage from './features/chat-page.ts';
import console from './features/console.ts';
import editors from './features/editors.ts';
import fonts from './features/fonts.ts';
import greetd from './features/greetd.ts';
import hyprland from './features/hyprland.ts';
import inference from './features/inference.ts';
import localCi from './features/local-ci.ts';
import modelVersioning from './features/model-versioning.ts';
import modules from './features/modules.ts';
import networkManager from './features/network-manager.ts';
import nodeExporter from './features/node-exporter.ts';
import offlineDocs from './features/offline-docs.ts';
import offlinePackages from './features/offline-packages.ts';
import podman from './features/podman.ts';
import pythonTools from './features/python-tools.ts';
import sound from './features/sound.ts';
import ssh from './features/ssh.ts';
import system from './features/system.ts';
import terminalAi from './features/terminal-ai.ts';
import vulkan from './features/vulkan.ts';
import zram from './features/zram.ts';

export default defineRecipe({
  name: 'omarchy-ai',
  summary: 'a Hyprland workstation for work on language models, offline',
  base: 'forky',
  features: [
    system({ hostname: 'omarchy' }),
    networkManager(),
    ssh(),
    console({ user: 'omarchy' }),
    adminTools(),
    zram(),
    // The desktop.
    hyprland(),
    greetd(),
    sound(),
    fonts(),
    browser(),
    editors(),
    // The model.
    inference(),
    vulkan(),
    chatPage(),
    assistant(),
    aiMenu(),
    terminalAi(),
    // Work on models.
    pythonTools(),
    modelVersioning(),
    podman(),
    localCi(),
    offlinePackages(),
    offlineDocs(),
    nodeExporter(),
    modules(),
  ],
  models: [{ name: 'smoke', source: 'builtin:smoke' }],
  machine: { memoryMiB: 4096, cpus: 2 },
  hardware: {
    minimum: { memoryMiB: 16 * 1024, cpus: 4, diskMiB: 100 * 1024 },
    recommended: {
      memoryMiB: 32 * 1024,
      cpus: 8,
      diskMiB: 500 * 1024,
      graphics: 'with 8 GiB, driven by Vulkan',
    },
  },
  smoke: { throughputRatio: { kvm: 0.8, tcg: 0.005 } },
  disk: standardDisk({ sizeMiB: 10 * 1024 }),
  boot: standardBoot,
  lockMaxAgeDays: 14,
});
