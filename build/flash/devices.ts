/** A whole disk as lsblk describes it. */
export interface BlockDevice {
  /** Path, as /dev/sdb. */
  path: string;
  /** Bytes. */
  size: number;
  /** What its maker calls it; empty where nobody says. */
  model: string;
  /** Whether the kernel calls it removable or it is attached by USB or as a card. */
  removable: boolean;
  readOnly: boolean;
  /** Where something of it is in use: mount points, `[SWAP]`, and names of what is made of it. */
  uses: string[];
  /** Whether the running system is on it. */
  system: boolean;
  /** File systems and labels that are on it, as `vfat "EFI"`. */
  holds: string[];
}

/** The part of `lsblk --json --bytes` that is read; util-linux 2.36 and later write booleans. */
interface Listed {
  path: string;
  size: number | null;
  type: string;
  ro: boolean;
  rm: boolean;
  hotplug: boolean;
  tran: string | null;
  model: string | null;
  vendor: string | null;
  fstype: string | null;
  label: string | null;
  mountpoints: (string | null)[];
  children?: Listed[];
}

/** Columns that lsblk is asked for. */
export const columns = 'PATH,SIZE,TYPE,RO,RM,HOTPLUG,TRAN,MODEL,VENDOR,FSTYPE,LABEL,MOUNTPOINTS';

/** Where a running system has what it needs; what is there must never be written over. */
const systemPlaces = /^(\/|\/usr|\/var|\/etc|\/home|\/boot(\/.*)?|\/efi|\/run\/live\/medium|\[SWAP\])$/;

/** All disks that `lsblk --json --bytes --output <columns>` lists, without CD drives and memory disks. */
export function parseDevices(json: string): BlockDevice[] {
  const { blockdevices } = JSON.parse(json) as { blockdevices: Listed[] };
  return blockdevices
    .filter(({ type, path }) => (type === 'disk' || type === 'loop') && !path.startsWith('/dev/zram'))
    .map((disk) => {
      const all = withChildren(disk);
      const uses = all.flatMap(({ mountpoints }) => mountpoints.filter((place) => place !== null));
      const made = all.filter(({ type }) => !['disk', 'loop', 'part'].includes(type)).map(({ path }) => path);
      return {
        path: disk.path,
        size: disk.size ?? 0,
        model: [disk.vendor, disk.model]
          .map((word) => word?.trim() ?? '')
          .filter(Boolean)
          .join(' '),
        removable: disk.rm || disk.hotplug || ['usb', 'mmc'].includes(disk.tran ?? ''),
        readOnly: disk.ro,
        uses: [...new Set([...uses, ...made])],
        system: uses.some((place) => systemPlaces.test(place)),
        holds: all.flatMap(({ fstype, label }) => (fstype ? [label ? `${fstype} "${label}"` : fstype] : [])),
      };
    });
}

/** Path of the disk that a partition belongs to; undefined when the path is none of a partition. */
export function diskOfPartition(json: string, path: string): string | undefined {
  const { blockdevices } = JSON.parse(json) as { blockdevices: Listed[] };
  return blockdevices.find(
    (disk) => disk.path !== path && withChildren(disk).some((one) => one.path === path),
  )?.path;
}

function withChildren(device: Listed): Listed[] {
  return [device, ...(device.children ?? []).flatMap(withChildren)];
}
