import { defineRecipe } from '../build/model/define.ts';
import { standardBoot, standardDisk } from '../build/model/disk.ts';
import adminTools from './features/admin-tools.ts';
import assistant from './features/assistant.ts';
import browser from './features/browser.ts';
import chatPage from './features/chat-page.ts';
import console from './features/console.ts';
import documents from './features/documents.ts';
import editors from './features/editors.ts';
import fonts from './features/fonts.ts';
import inference from './features/inference.ts';
import jupyter from './features/jupyter.ts';
import lightdm from './features/lightdm.ts';
import networkManager from './features/network-manager.ts';
import onnx from './features/onnx.ts';
import sound from './features/sound.ts';
import speech from './features/speech.ts';
import ssh from './features/ssh.ts';
import system from './features/system.ts';
import terminalAi from './features/terminal-ai.ts';
import theme from './features/theme.ts';
import vulkan from './features/vulkan.ts';
import xfce from './features/xfce.ts';
import zram from './features/zram.ts';

export default defineRecipe({
  name: 'nanite',
  summary: 'a Debian desktop with a local language model in every corner',
  base: 'forky',
  features: [
    system({ hostname: 'nanite' }),
    networkManager(),
    ssh(),
    console({ user: 'nanite' }),
    adminTools(),
    zram(),
    // The desktop.
    xfce(),
    lightdm({ automaticLogin: 'always' }),
    sound(),
    fonts(),
    theme(),
    browser(),
    editors(),
    // The model.
    inference(),
    vulkan(),
    onnx(),
    // What asks it.
    assistant(),
    chatPage(),
    terminalAi(),
    speech(),
    documents(),
    jupyter(),
  ],
  models: [{ name: 'smoke', source: 'builtin:smoke' }],
  machine: { memoryMiB: 4096, cpus: 2 },
  hardware: {
    minimum: { memoryMiB: 4096, cpus: 2, diskMiB: 16 * 1024 },
    recommended: { memoryMiB: 16 * 1024, cpus: 8, diskMiB: 64 * 1024, graphics: 'any that Vulkan drives' },
  },
  smoke: { throughputRatio: { kvm: 0.8, tcg: 0.005 } },
  disk: standardDisk({ sizeMiB: 10 * 1024 }),
  boot: standardBoot,
  lockMaxAgeDays: 14,
});
