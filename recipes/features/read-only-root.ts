import { defineFeature } from '../../build/model/define.ts';

const inInitramfs = 'usr/lib/dracut/modules.d/90ingot-machine-id';

export default defineFeature({
  name: 'read-only-root',
  summary: 'a root that is never written to: changes live in memory until the machine stops',
  requirements: ['MEM-02'],
  everyStart: true,
  options: {},
  // What goes into the initramfs.
  early: ['module-setup.sh', 'restore-machine-id', 'restore-machine-id.service'].map(
    (file) => `${inInitramfs}/${file}`,
  ),
  effect: () => ({
    readOnlyRoot: true,
    // systemd gives the changes a quarter of the memory.
    kernelCommandLine: ['systemd.volatile=overlay'],
    // The root itself, below the changes, for containers: an overlay cannot be mounted with other owners.
    enable: ['run-rootfsbase.mount'],
    // An upgrade would be gone at the next start, and its kernel on the EFI system partition would not.
    mask: ['apt-daily.timer', 'apt-daily-upgrade.timer'],
    requires: ['disk'],
    conflicts: ['unattended-upgrades', 'nvidia-dkms'],
  }),
});
