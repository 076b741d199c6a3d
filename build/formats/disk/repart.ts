import type { Partition, PartitionRole } from '../../model/disk.ts';

/** systemd's names of partition types; GRUB's has none. */
const types: { [role in PartitionRole]: string } = {
  bios: '21686148-6449-6e6f-744e-656564454649',
  esp: 'esp',
  models: 'linux-generic',
  swap: 'swap',
  root: 'root-x86-64',
  data: 'linux-generic',
};

/**
 * repart.d(5) text of one partition. It is on the machine as well, where it grows the last one to the disk's
 * size; a drop-in of the builder's own names the content.
 */
export function renderRepart(options: {
  partition: Partition;
  uuid: string;
  /** It takes what is left of the disk, today and when the disk is a larger one. */
  grows: boolean;
  /** Unused space behind it, in MiB. */
  paddingMiB: number;
}): string {
  const { partition, uuid, grows, paddingMiB } = options;
  const { name, role, fileSystem, sizeMiB } = partition;
  const format = fileSystem && fileSystem !== 'erofs' ? [`Format=${fileSystem}`] : [];
  const size = sizeMiB ? [`SizeMinBytes=${sizeMiB}M`, `SizeMaxBytes=${sizeMiB}M`] : [];
  const grow = role === 'root' ? ['GrowFileSystem=yes'] : [];
  const weight = grows ? grow : ['Weight=0'];
  const padding = paddingMiB ? [`PaddingMinBytes=${paddingMiB}M`, `PaddingMaxBytes=${paddingMiB}M`] : [];
  const lines = [
    `Type=${types[role]}`,
    `Label=${name}`,
    `UUID=${uuid}`,
    ...format,
    ...size,
    ...weight,
    ...padding,
  ];
  return `[Partition]\n${lines.join('\n')}\n`;
}
