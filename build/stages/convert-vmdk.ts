import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { writeAtomic } from '../host/files.ts';
import { runInside } from '../host/sandbox.ts';
import type { ConvertJob } from './convert-job.ts';

/**
 * A stream-optimised VMDK. qemu-img makes its header, descriptor and empty grain tables; of the grains it would compress
 * one after the other with zlib, which took two thirds of the time of all VM formats. libdeflate is as small in 0.4 of
 * that, its output hangs on no processor's features, and here as many threads as there are processors share the work.
 * qemu-img also leaves up to a grain of zeros at the end where VMware's own writer has one sector of them; of such disks
 * others report that ovftool and Workstation find them unlike an OVA's manifest.
 */
export async function writeVmdk(job: ConvertJob): Promise<void> {
  const { qemuImg, create, disk, extents, file, folder } = job;
  await qemuImg('create', '-f', 'vmdk', ...create, file, String(disk.size));
  const parts = disk.parts.map(({ inside, start, bytes }) => ({ path: inside, start, bytes }));
  const data = extents.filter(({ zero }) => !zero).map(({ start, length }) => [start, start + length]);
  await writeAtomic(join(folder, 'grains.json'), JSON.stringify({ parts, data }));
  const command = ['python3', '-c', writeGrains, file, 'grains.json', String(availableParallelism())];
  await runInside(disk.sandbox, command, { log: job.log });
}

/**
 * VMware's Virtual Disk Format 5.0, "Hosted Sparse Extent Header", "Grain Directories and Grain Tables", "Stream-Optimized
 * Compressed Sparse Extents": grains in the disk's order, each behind its sector and its length, none that is all zero;
 * both copies of the tables; an end-of-stream marker, where a reader stops. No more than a few tasks' grains are in
 * memory.
 */
const writeGrains = `
import collections, concurrent.futures, ctypes, json, os, struct, sys, threading
SECTOR, TASK, LEVEL = 512, 256, 5
path, job, threads = sys.argv[1], json.load(open(sys.argv[2])), int(sys.argv[3])
out = open(path, "r+b")
header = out.read(SECTOR)
assert header[:4] == b"KDMV", path + " is no VMDK"
(grain,), (table_grains,) = struct.unpack_from("<Q", header, 20), struct.unpack_from("<I", header, 44)
*directories, begin = struct.unpack_from("<QQQ", header, 48)
size = grain * SECTOR
empty = bytes(size)

deflate = ctypes.CDLL("libdeflate.so.0")
deflate.libdeflate_alloc_compressor.restype = ctypes.c_void_p
deflate.libdeflate_zlib_compress_bound.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
deflate.libdeflate_zlib_compress_bound.restype = ctypes.c_size_t
deflate.libdeflate_zlib_compress.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t]
deflate.libdeflate_zlib_compress.restype = ctypes.c_size_t
own = threading.local()

def compressed(data):
    if not hasattr(own, "compressor"):
        own.compressor = deflate.libdeflate_alloc_compressor(LEVEL)
        own.room = deflate.libdeflate_zlib_compress_bound(own.compressor, size)
        own.buffer = ctypes.create_string_buffer(own.room)
    length = deflate.libdeflate_zlib_compress(own.compressor, data, size, own.buffer, own.room)
    assert length, "libdeflate compresses nothing"
    return own.buffer[:length]

parts, end = [], 0
for part in job["parts"]:
    parts.append((end, end + part["bytes"], os.open(part["path"], os.O_RDONLY), part["start"]))
    end += part["bytes"]

def read(start, length):
    found = b""
    for first, last, file, offset in parts:
        low, high = max(start, first), min(start + length, last)
        if low < high: found += os.pread(file, high - low, low - first + offset)
    return found.ljust(length, b"\\0")

def grains(numbers):
    data = ((number, read(number * size, size)) for number in numbers)
    return [(number, compressed(bytes)) for number, bytes in data if bytes != empty]

def tasks():
    numbers = sorted({number for start, end in job["data"] for number in range(start // size, -(-end // size))})
    return (numbers[at:at + TASK] for at in range(0, len(numbers), TASK))

sectors = {}
out.truncate(begin * SECTOR)
out.seek(begin * SECTOR)
def write(made):
    for number, data in made:
        sectors[number] = out.tell() // SECTOR
        out.write(struct.pack("<QI", number * grain, len(data)) + data)
        out.write(bytes(-out.tell() % SECTOR))

with concurrent.futures.ThreadPoolExecutor(threads) as pool:
    waiting = collections.deque()
    for task in tasks():
        waiting.append(pool.submit(grains, task))
        if len(waiting) > 2 * threads: write(waiting.popleft().result())
    for made in waiting: write(made.result())
out.write(bytes(SECTOR))

for table in {number // table_grains for number in sectors}:
    first = table * table_grains
    entries = [sectors.get(number, 0) for number in range(first, first + table_grains)]
    for directory in directories:
        out.seek(directory * SECTOR + table * 4)
        out.seek(struct.unpack("<I", out.read(4))[0] * SECTOR)
        out.write(struct.pack("<%dI" % table_grains, *entries))
out.close()
`;
