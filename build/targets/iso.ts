import { defineTarget } from '../model/define.ts';

export default defineTarget({
  name: 'iso',
  summary: 'live medium for a USB stick or CD, BIOS and UEFI',
  platform: 'metal',
  format: 'iso',
  compression: 'zstd',
  extension: 'iso',
  firmware: ['bios', 'uefi'],
  controllers: ['usb', 'cdrom'],
  medium: 'iso',
  kernelCommandLine: [],
  features: [
    { name: 'live', options: {} },
    { name: 'installer', options: {} },
  ],
  installs: 'raw',
  // What only a disk can have.
  omits: ['disk', 'uki', 'read-only-root', 'unmitigated-entry'],
});
