import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'live',
  summary: 'runs from a read-only medium; changes live in memory',
  requirements: ['BLD-01', 'BOOT-01', 'MEM-02'],
  options: {},
  hygiene: {
    generated: {
      '^etc/(initramfs-tools/modules|live(/boot)?)$': 'made by initramfs-tools and live-boot',
    },
  },
  effect: () => ({
    enable: ['usr-share-ai-models.mount'],
    // The last console named gets systemd's messages. The kernel shows warnings and worse; the rest is in the
    // journal.
    kernelCommandLine: ['boot=live', 'console=ttyS0,115200', 'console=tty0', 'loglevel=5'],
    // A live system is thrown away when it stops: nothing to upgrade, nothing to trim.
    mask: ['apt-daily.timer', 'apt-daily-upgrade.timer'],
  }),
});
