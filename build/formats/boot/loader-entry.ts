/**
 * What a kernel of a disk is started with; see
 * https://uapi-group.org/specifications/specs/boot_loader_specification.
 */
export interface LoaderEntry {
  title: string;
  /** First part of the entry's name and of the kernel's folder. */
  token: string;
  kernel: string;
  /** File name of its initramfs. */
  initramfs: string;
  /**
   * What kernel-install writes for later kernels, the distribution's ID: the loader sorts by it before the
   * version.
   */
  sortKey: string;
  commandLine: string;
}

/** Folder of a kernel and its initramfs on the EFI system partition. */
export function kernelFolder({ token, kernel }: LoaderEntry): string {
  return `${token}/${kernel}`;
}

/** Text of a type 1 entry. */
export function renderLoaderEntry(entry: LoaderEntry): string {
  const folder = kernelFolder(entry);
  return `title ${entry.title}
version ${entry.kernel}
sort-key ${entry.sortKey}
options ${entry.commandLine}
linux /${folder}/linux
initrd /${folder}/${entry.initramfs}
`;
}
