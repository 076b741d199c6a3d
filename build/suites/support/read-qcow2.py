"""Reads a qcow2 image as its specification has it (docs/interop/qcow2.txt of QEMU), and writes the disk, sparse.

Arguments: the image, and the raw disk to make. It exists because of other programs only QEMU reads clusters that zstd
has compressed: 7-Zip, VirtualBox and libqcow refuse them.
"""
import os, struct, sys
from compression import zstd

COMPRESSED, ZERO = 1 << 62, 1
OFFSET = (1 << 56) - (1 << 9)
COMPRESSION_TYPE = 1 << 3


def main(image, raw):
    file = open(image, "rb")
    header = file.read(112)
    magic, version, backing, bits, size, crypt, entries, table = struct.unpack_from(">4sIQ4xIQIIQ", header)
    (incompatible,) = struct.unpack_from(">Q", header, 72)
    if (magic, version, backing, crypt, incompatible, header[104]) != (b"QFI\xfb", 3, 0, 0, COMPRESSION_TYPE, 1):
        sys.exit("the header is not that of an image of its own, compressed by zstd")
    cluster, per_table = 1 << bits, (1 << bits) // 8
    with open(raw, "wb") as out:
        for number, second in enumerate(numbers(file, table, entries)):
            if not second & OFFSET:
                continue
            for index, entry in enumerate(numbers(file, second & OFFSET, per_table)):
                data = content(file, entry, bits, cluster)
                if data is None:
                    continue
                if len(data) != cluster:
                    sys.exit("a cluster is of %d bytes" % len(data))
                out.seek((number * per_table + index) * cluster)
                out.write(data)
        os.ftruncate(out.fileno(), size)


def numbers(file, offset, count):
    file.seek(offset)
    return struct.unpack(">%dQ" % count, file.read(8 * count))


def content(file, entry, bits, cluster):
    "The bytes of a cluster, or None for zeros."
    if entry & COMPRESSED:
        split = 62 - (bits - 8)
        offset = entry & ((1 << split) - 1)
        sectors = ((entry & (COMPRESSED - 1)) >> split) + 1
        file.seek(offset)
        return zstd.ZstdDecompressor().decompress(file.read(sectors * 512 - offset % 512), cluster)
    if entry & ZERO or not entry & OFFSET:
        return None
    file.seek(entry & OFFSET)
    return file.read(cluster)


main(*sys.argv[1:])
