import type { Symbols } from './symbols.ts';

/** Symbols that every image needs, built in or as a module, by what they are for. */
export const neededByImages: { [what: string]: string } = {
  'disks of virtual machines':
    'VIRTIO_PCI VIRTIO_BLK SCSI_VIRTIO HYPERV_STORAGE VMWARE_PVSCSI XEN_BLKDEV_FRONTEND',
  'disks of machines': 'BLK_DEV_NVME SATA_AHCI ATA_PIIX BLK_DEV_SD BLK_DEV_SR FUSION_SPI FUSION_SAS',
  'USB sticks and keyboards':
    'USB_XHCI_HCD USB_XHCI_PCI USB_EHCI_HCD USB_STORAGE USB_UAS USB_HID HID_GENERIC',
  'firmware and boot': 'EFI EFI_STUB EFI_PARTITION EFIVAR_FS BLK_DEV_INITRD RD_ZSTD ACPI_BUTTON',
  'credentials of the firmware': 'DMI_SYSFS FW_CFG_SYSFS',
  'file systems':
    'EROFS_FS SQUASHFS OVERLAY_FS XFS_FS EXT4_FS VFAT_FS NLS_CODEPAGE_437 NLS_ISO8859_1 NLS_ASCII ISO9660_FS JOLIET TMPFS FUSE_FS AUTOFS_FS BLK_DEV_LOOP',
  'what file systems must read': 'EROFS_FS_ZIP SQUASHFS_ZSTD SQUASHFS_XZ TMPFS_POSIX_ACL TMPFS_XATTR',
  'memory and disks of features': 'BLK_DEV_DM DM_VERITY DM_CRYPT ZRAM',
  consoles:
    'SERIAL_8250_CONSOLE VT FRAMEBUFFER_CONSOLE KEYBOARD_ATKBD INPUT_EVDEV DRM_BOCHS DRM_VIRTIO_GPU DRM_VMWGFX',
  'Hyper-V': 'HYPERV HYPERV_NET HYPERV_UTILS HYPERV_BALLOON',
  networks: 'VIRTIO_NET VMXNET3 E1000 E1000E PCNET32 ENA_ETHERNET GVE IXGBEVF IAVF',
  'guests of hypervisors': 'HW_RANDOM_VIRTIO VIRTIO_BALLOON VIRTIO_CONSOLE VIRTIO_VSOCKETS KVM_GUEST',
  systemd:
    'CGROUPS CGROUP_BPF BPF_SYSCALL SECCOMP_FILTER USER_NS NET_NS PID_NS PSI DEVTMPFS UNIX INOTIFY_USER',
  'containers and the firewall': 'NF_TABLES VETH BRIDGE SECURITY_APPARMOR',
};

/** What a resolved configuration lacks of what the images need, each as a sentence. */
export function lackedByImages(symbols: Symbols): string[] {
  return Object.entries(neededByImages).flatMap(([what, names]) => {
    const lacked = names.split(' ').filter((name) => !['y', 'm'].includes(symbols.get(name)?.value ?? ''));
    return lacked.length
      ? [
          `${what}: ${lacked.map((name) => `CONFIG_${name}`).join(', ')} ${lacked.length === 1 ? 'is' : 'are'} off`,
        ]
      : [];
  });
}

/** What would be wrong with the package of a resolved configuration, each as a sentence. */
export function misnamed(symbols: Symbols): string[] {
  const suffix = symbols.get('LOCALVERSION')?.value ?? '';
  if (suffix === '-ingot') return [];
  return [
    `CONFIG_LOCALVERSION is "${suffix}", but the release of a kernel that is built here ends with -ingot: take the fragment reproducible`,
  ];
}

/** Why two builds of a resolved configuration would differ, each as a sentence. */
export function differsPerBuild(symbols: Symbols): string[] {
  const value = (name: string) => symbols.get(name)?.value;
  const on = (name: string) => value(name) === 'y';
  const problems: [boolean, string][] = [
    [
      on('MODULE_SIG') && value('MODULE_SIG_KEY') === 'certs/signing_key.pem',
      'CONFIG_MODULE_SIG_KEY has its default, for which the build makes a random key: ask for ""',
    ],
    [on('RANDSTRUCT'), 'CONFIG_RANDSTRUCT orders structures by a random number'],
    [on('GCC_PLUGIN_LATENT_ENTROPY'), 'CONFIG_GCC_PLUGIN_LATENT_ENTROPY puts random numbers into the code'],
    [on('X86_NATIVE_CPU'), "CONFIG_X86_NATIVE_CPU is for the builder's own processor"],
    [on('LOCALVERSION_AUTO'), 'CONFIG_LOCALVERSION_AUTO takes the version from the folder of the source'],
    [on('GCOV_KERNEL'), "CONFIG_GCOV_KERNEL writes the builder's paths into the kernel"],
  ];
  return problems.flatMap(([wrong, said]) => (wrong ? [said] : []));
}
