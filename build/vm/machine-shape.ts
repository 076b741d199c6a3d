/** What a machine has or lacks, where it is another one than the usual with everything that images use. */
export interface MachineShape {
  /** Without serial ports the guest's console and journal are not seen; a report can still be had. */
  serial?: boolean;
  /** Without a graphics card there is no screen, and no picture of it. */
  graphics?: boolean;
  /** How many network cards it has, each in a network of its own. Only the first leads to the guest's SSH. */
  cards?: number;
  /** Where its clock stands at power-on: `1999-12-31T23:59:59`. */
  clock?: string;
  /** Size of the sectors that its disk shows. */
  sectorBytes?: 4096;
  /** A path of a file that it sees as a further disk of 4096-byte sectors. */
  spareDisk?: string;
  /** UEFI starts nothing that is not signed with Microsoft's keys. */
  secureBoot?: boolean;
  /** Offers the channel `ingot.report`; what the guest writes there is the file `report.txt`. */
  report?: boolean;
}

/** Network cards; the guest reaches nothing outside: what works here works offline. */
export function cardArguments(
  { cards = 1 }: MachineShape,
  card: { model: string; network: string[]; sshPort: number },
): string[] {
  return Array.from({ length: cards }, (_, n) => {
    const forward = n === 0 ? [`hostfwd=tcp:127.0.0.1:${card.sshPort}-:22`] : [];
    const own = n === 0 ? card.network : [`net=10.0.${n + 2}.0/24`];
    const words = ['user', `id=net${n}`, 'restrict=on', ...own, ...forward];
    return ['-netdev', words.join(','), '-device', `${card.model},netdev=net${n}`];
  }).flat();
}

export function clockArguments({ clock }: MachineShape): string[] {
  return clock ? ['-rtc', `base=${clock}`] : [];
}

export function serialArguments({ serial = true }: MachineShape, logs: string[]): string[] {
  if (!serial) return ['-serial', 'none'];
  // `-serial file:` itself would take the commas of a path doubled.
  return logs.flatMap((log, at) => [
    '-chardev',
    `file,id=serial${at},path=${log}`,
    '-serial',
    `chardev:serial${at}`,
  ]);
}

/** A disk that the image does not know, with nothing on it. */
export function spareDiskArguments({ spareDisk }: MachineShape): string[] {
  if (!spareDisk) return [];
  const node = { 'node-name': 'spare', driver: 'raw', file: { driver: 'file', filename: spareDisk } };
  return [
    ...['-blockdev', JSON.stringify(node)],
    ...['-device', `virtio-blk-pci,drive=spare,${sectors(4096)}`],
  ];
}

/** Options of a disk's device that shows sectors of another size than 512 bytes. */
export function sectors(bytes: 4096): string {
  return `logical_block_size=${bytes},physical_block_size=${bytes}`;
}
