import { defineRecipe } from '../build/model/define.ts';
import { standardBoot, standardDisk } from '../build/model/disk.ts';
import addressScreen from './features/address-screen.ts';
import adminTools from './features/admin-tools.ts';
import backup from './features/backup.ts';
import caddy from './features/caddy.ts';
import console from './features/console.ts';
import deviceSecrets from './features/device-secrets.ts';
import firewall from './features/firewall.ts';
import firmware from './features/firmware.ts';
import inference from './features/inference.ts';
import mdns from './features/mdns.ts';
import microcode from './features/microcode.ts';
import modelsInMemory from './features/models-in-memory.ts';
import network from './features/network.ts';
import nodeExporter from './features/node-exporter.ts';
import nodejs from './features/nodejs.ts';
import podman from './features/podman.ts';
import postgresql from './features/postgresql.ts';
import sensors from './features/sensors.ts';
import ssh from './features/ssh.ts';
import system from './features/system.ts';
import unattendedUpgrades from './features/unattended-upgrades.ts';
import usbDrives from './features/usb-drives.ts';
import zram from './features/zram.ts';

export default defineRecipe({
  name: 'allerac',
  summary: 'an appliance for the home: a private assistant that the whole network reaches',
  base: 'forky',
  components: ['non-free-firmware'],
  features: [
    system({ hostname: 'allerac' }),
    network(),
    ssh(),
    console({ user: 'allerac' }),
    addressScreen(),
    adminTools(),
    zram(),
    inference(),
    modelsInMemory(),
    microcode(),
    firmware({ for: 'wired' }),
    sensors(),
    deviceSecrets(),
    postgresql(),
    nodejs(),
    podman(),
    caddy(),
    mdns({ title: 'Allerac', announce: ['_https._tcp 443', '_allerac._tcp 443'] }),
    firewall({ open: ['tcp 22', 'tcp 80', 'tcp 443', 'udp 5353'] }),
    backup(),
    usbDrives(),
    nodeExporter(),
    unattendedUpgrades(),
  ],
  models: [{ name: 'smoke', source: 'builtin:smoke' }],
  hardware: {
    minimum: { memoryMiB: 8 * 1024, cpus: 4, diskMiB: 64 * 1024 },
    recommended: { memoryMiB: 16 * 1024, cpus: 8, diskMiB: 512 * 1024 },
  },
  machine: { memoryMiB: 3072, cpus: 2 },
  smoke: { throughputRatio: { kvm: 0.8, tcg: 0.005 } },
  disk: standardDisk({ sizeMiB: 16 * 1024, rootMiB: 4096, swapMiB: 8192 }),
  boot: standardBoot,
  lockMaxAgeDays: 90,
});
