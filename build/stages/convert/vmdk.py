"""Makes a stream-optimised VMDK: qemu-img its empty tables, this program the grains.

Arguments: the image, and the number of threads. `vmdk.json` says the rest.

VMware's Virtual Disk Format 5.0, "Hosted Sparse Extent Header", "Grain Directories and Grain Tables", "Stream-Optimized
Compressed Sparse Extents": each grain stands behind its sector and its length, both copies of the tables name it, and at
the end-of-stream marker a reader stops.
"""
import collections, concurrent.futures, ctypes, json, os, struct, sys, threading

SECTOR, LEVEL = 512, 5
# Neighbours that are read at once; no more than a few such runs are in memory.
RUN = 16


def main(image, threads):
    job = json.load(open("vmdk.json"))
    if os.spawnvp(os.P_WAIT, "qemu-img", ["qemu-img", *job["create"]]):
        sys.exit("qemu-img made no image")
    with open(image, "r+b") as out:
        header = out.read(SECTOR)
        if header[:4] != b"KDMV":
            sys.exit("qemu-img made no VMDK")
        (grain,), (table_grains,) = struct.unpack_from("<Q", header, 20), struct.unpack_from("<I", header, 44)
        *directories, begin = struct.unpack_from("<QQQ", header, 48)
        pack = compressor(grain * SECTOR)
        sectors = write_grains(out, grain, begin, grains(job, grain * SECTOR, pack, threads))
        write_tables(out, directories, table_grains, sectors)


def write_grains(out, grain, begin, packed):
    "Sector by grain."
    sectors = {}
    out.truncate(begin * SECTOR)
    out.seek(begin * SECTOR)
    for number, data in packed:
        sectors[number] = out.tell() // SECTOR
        out.write(struct.pack("<QI", number * grain, len(data)) + data)
        out.write(bytes(-out.tell() % SECTOR))
    out.write(bytes(SECTOR))
    return sectors


def write_tables(out, directories, table_grains, sectors):
    for table in {number // table_grains for number in sectors}:
        first = table * table_grains
        entries = [sectors.get(number, 0) for number in range(first, first + table_grains)]
        for directory in directories:
            out.seek(directory * SECTOR + table * 4)
            out.seek(struct.unpack("<I", out.read(4))[0] * SECTOR)
            out.write(struct.pack("<%dI" % table_grains, *entries))


def compressor(size):
    "A function that deflates `size` bytes. ctypes lets other threads run while the library works."
    library = ctypes.CDLL("libdeflate.so.0")
    pointer, length = ctypes.c_void_p, ctypes.c_size_t

    def function(name, result, *arguments):
        found = getattr(library, name)
        found.restype, found.argtypes = result, arguments
        return found

    new = function("libdeflate_alloc_compressor", pointer, ctypes.c_int)
    bound = function("libdeflate_zlib_compress_bound", length, pointer, length)
    compress = function("libdeflate_zlib_compress", length, pointer, ctypes.c_char_p, length, pointer, length)
    own = threading.local()

    def deflated(data):
        if not hasattr(own, "compressor"):
            own.compressor = new(LEVEL)
            own.room = bound(own.compressor, size)
            own.buffer = ctypes.create_string_buffer(own.room)
        made = compress(own.compressor, data, size, own.buffer, own.room)
        if not made:
            raise RuntimeError("libdeflate made nothing")
        return own.buffer[:made]

    return deflated


def grains(job, size, pack, threads):
    "Number and packed bytes of each grain that is not all zero, in the disk's order."
    disk, empty = opened(job["parts"]), bytes(size)

    def packed(run):
        data = read(disk, run[0] * size, len(run) * size)
        found = [(number, data[at:at + size]) for number, at in zip(run, range(0, len(data), size))]
        return [(number, pack(part)) for number, part in found if part[0] or part != empty]

    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        waiting = collections.deque()
        for run in runs({number for start, end in job["data"] for number in range(start // size, -(-end // size))}):
            waiting.append(pool.submit(packed, run))
            if len(waiting) > 2 * RUN * threads:
                yield from waiting.popleft().result()
        for task in waiting:
            yield from task.result()


def runs(numbers):
    "Neighbours together, at most RUN of them."
    found = []
    for number in sorted(numbers):
        if found and found[-1][-1] == number - 1 and len(found[-1]) < RUN:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def opened(parts):
    "Each part's begin and end in the disk, its file, and where it begins there."
    found, end = [], 0
    for part in parts:
        found.append((end, end + part["bytes"], os.open(part["path"], os.O_RDONLY), part["start"]))
        end += part["bytes"]
    return found


def read(parts, start, length):
    found = b""
    for first, last, file, offset in parts:
        low, high = max(start, first), min(start + length, last)
        if low < high:
            found += os.pread(file, high - low, low - first + offset)
    return found.ljust(length, b"\0")


main(sys.argv[1], int(sys.argv[2]))
