import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'usb-drives',
  summary: 'udisks mounts drives that are plugged in: FAT, exFAT, NTFS (by the kernel), ext4, XFS',
  requirements: ['OFF-03'],
  options: {},
  // D-Bus starts it when it is asked.
  effect: () => ({}),
});
