/** Bytes of a file that are a part of a disk. */
interface Extent {
  path: string;
  start: number;
  bytes: number;
}

const sector = 512;

/**
 * A VMDK that holds no data: parts of raw files which, one behind the other, are the disk (VMware's Virtual
 * Disk Format 5.0, "The Disk Descriptor File"). All numbers must be whole sectors. QEMU takes an extent twice
 * that has an empty line before it.
 */
export function renderVmdkExtents(extents: Extent[]): string {
  return [
    '# Disk DescriptorFile',
    'version=1',
    'CID=fffffffe',
    'parentCID=ffffffff',
    'createType="twoGbMaxExtentFlat"',
    ...extents.map(({ path, start, bytes }) => `RW ${bytes / sector} FLAT "${path}" ${start / sector}`),
    'ddb.adapterType = "lsilogic"',
    '',
  ].join('\n');
}
