import { defineTarget } from '../model/define.ts';

export default defineTarget({
  name: 'iso',
  summary: 'live medium for a USB stick or CD, BIOS and UEFI',
  platform: 'metal',
  format: 'iso',
  extension: 'iso',
  firmware: ['bios', 'uefi'],
  backend: 'live-build',
  compression: 'zstd',
  features: [{ name: 'live', options: {} }],
});
