import type { Compression, Format } from '../../model/target.ts';
import type { Canonicalise } from './disk-image.ts';
import { canonicalVdi } from './vdi.ts';
import { canonicalVhd } from './vhd.ts';
import { canonicalVhdx } from './vhdx.ts';
import { canonicalVmdk } from './vmdk.ts';

/** What is known of one form of finished file. */
export interface FormatRow {
  /** File name extension of one with this compression. */
  extension: string;
  /** How a file is compressed where its target does not say. */
  compression: Compression;
  /** What every file of the format has at an offset. */
  signature?: [offset: number, bytes: string];
  /** What QEMU calls it; absent where QEMU finds no disk in it. */
  driver?: string;
  /** How qemu-img writes it; absent where it is made in another way. */
  qemuImg?: {
    /** Arguments of `qemu-img convert`; those of a VMDK are of `qemu-img create` as well. */
    options: string[];
    /** Whether `qemu-img check` knows it. */
    checkable: boolean;
    /** Absent where qemu-img leaves nothing to chance. */
    canonicalise?: Canonicalise;
  };
  /** Drivers that the guest needs where hypervisors attach the format to a controller that no test has. */
  guestDrivers?: string[];
  /** Size of the largest disk in it. */
  maxMiB?: number;
  /** What the disk's size must be a multiple of, besides a sector. */
  unit?: [bytes: number, name: string];
}

/** Of Hyper-V's own controller: Linux leaves all of its disks to it, also those shown as IDE. */
const hyperV = ['hv_storvsc'];
/**
 * A VHD ends here for Microsoft and for qemu-img. It gets the disk's size in bytes, not one of whole
 * cylinders.
 */
const vhd = { driver: 'vpc', compression: 'none', guestDrivers: hyperV, maxMiB: 2040 * 1024 } as const;
const vhdOptions = (subformat: string) => ['-o', `subformat=${subformat},force_size=on`];

/** A new format is a name in `model/target.ts`, a row here, and a target. */
export const formatRows: { [format in Format]: FormatRow } = {
  iso: { extension: 'iso', compression: 'zstd', signature: [0x8001, 'CD001'] },
  raw: { extension: 'raw', compression: 'none', driver: 'raw' },
  qcow2: {
    extension: 'qcow2',
    compression: 'zstd',
    signature: [0, 'QFI\xfb'],
    driver: 'qcow2',
    qemuImg: { options: ['-c', '-o', 'compression_type=zstd,cluster_size=65536'], checkable: true },
  },
  vmdk: {
    extension: 'vmdk',
    compression: 'deflate',
    signature: [0, 'KDMV'],
    driver: 'vmdk',
    qemuImg: {
      // A disk that calls itself IDE, which is the default, is not what ESXi expects.
      options: ['-o', 'subformat=streamOptimized,adapter_type=lsilogic'],
      checkable: true,
      canonicalise: canonicalVmdk,
    },
  },
  vdi: {
    extension: 'vdi',
    compression: 'none',
    signature: [0x40, '\x7f\x10\xda\xbe'],
    driver: 'vdi',
    qemuImg: { options: [], checkable: true, canonicalise: canonicalVdi },
  },
  vhd: {
    ...vhd,
    extension: 'vhd',
    signature: [0, 'conectix'],
    qemuImg: { options: vhdOptions('dynamic'), checkable: false, canonicalise: canonicalVhd },
  },
  // It ends in its signature, so its beginning is that of a raw disk. Azure takes whole MiB only.
  'vhd-fixed': {
    ...vhd,
    extension: 'vhd',
    qemuImg: { options: vhdOptions('fixed'), checkable: false, canonicalise: canonicalVhd },
    unit: [2 ** 20, 'MiB'],
  },
  vhdx: {
    extension: 'vhdx',
    compression: 'none',
    signature: [0, 'vhdxfile'],
    driver: 'vhdx',
    guestDrivers: hyperV,
    qemuImg: { options: ['-o', 'subformat=dynamic'], checkable: true, canonicalise: canonicalVhdx },
  },
  ova: { extension: 'ova', compression: 'deflate' },
  // Google Compute Engine takes whole GiB only.
  'gce-tar': { extension: 'tar.gz', compression: 'gzip', unit: [2 ** 30, 'GiB'] },
};

/** What the size of a disk in a format must be a multiple of. */
export function unitOf(format: Format): [bytes: number, name: string] {
  return formatRows[format].unit ?? [512, 'sectors'];
}

const compressedExtensions: { [compression in Compression]?: string } = { gzip: 'gz', xz: 'xz' };

/** File name extension of a format, with that of a compression which is not its usual one. */
export function extensionOf(format: Format, compression?: Compression): string {
  const { extension, compression: usual } = formatRows[format];
  if (!compression || compression === usual) return extension;
  return `${extension}.${compressedExtensions[compression] ?? compression}`;
}
