/**
 * For `writeClusters`: a qcow2 of zstd clusters, byte for byte what one `qemu-img convert` writes.
 *
 * QEMU's docs/interop/qcow2.rst. Compressed clusters are packed one right behind the other, those that gain nothing are
 * written as they are, and each table comes where its first cluster is due. A block of reference counts, of 32768 clusters,
 * is behind the first cluster that needs it; the first block is there already.
 */
export const qcow2Clusters = `
header = out.read(104)
assert header[:4] == b"QFI\\xfb", "qemu-img made no qcow2"
(bits,), (l1_entries,) = struct.unpack_from(">I", header, 20), struct.unpack_from(">I", header, 36)
l1_offset, reftable_offset = struct.unpack_from(">QQ", header, 40)
size = 1 << bits
entries, block_entries = size // 8, size // 2
COPIED, COMPRESSED = 1 << 63, 1 << 62

library = ctypes.CDLL("libzstd.so.1")
class Buffer(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("size", ctypes.c_size_t), ("at", ctypes.c_size_t)]
pointer, length = ctypes.c_void_p, ctypes.c_size_t
new = function(library, "ZSTD_createCCtx", pointer)
reset = function(library, "ZSTD_CCtx_reset", length, pointer, ctypes.c_int)
compress = function(library, "ZSTD_compressStream2", length, pointer, ctypes.POINTER(Buffer), ctypes.POINTER(Buffer), ctypes.c_int)
failed = function(library, "ZSTD_isError", ctypes.c_uint, length)
END, SESSION = 2, 1
own = threading.local()

def zstandard(data):
    if not hasattr(own, "context"): own.context, own.buffer = new(), ctypes.create_string_buffer(size - 1)
    given = Buffer(ctypes.cast(ctypes.c_char_p(data), pointer), size, 0)
    made = Buffer(ctypes.cast(own.buffer, pointer), size - 1, 0)
    left = compress(own.context, ctypes.byref(made), ctypes.byref(given), END)
    assert not failed(left), "zstd failed"
    if left:
        reset(own.context, SESSION)
        return data
    return own.buffer[:made.at]

(first_block,) = struct.unpack(">Q", os.pread(out.fileno(), 8, reftable_offset))
blocks = [first_block]
counts = list(struct.unpack(">%dH" % block_entries, os.pread(out.fileno(), size, first_block)))
while not counts[-1]: counts.pop()

def allocate():
    cluster = len(counts)
    counts.append(1)
    if cluster % block_entries == 0:
        blocks.append((cluster + 1) * size)
        counts.append(1)
    return cluster * size

def pack(data):
    "Where compressed bytes go: behind the last ones, if what is left of their cluster, and the next if it is free, has room."
    global packed
    room = -packed % size
    begin = packed
    if len(data) > room:
        cluster = allocate()
        if packed + room != cluster: begin = cluster
        elif room: counts[begin >> bits] += 1
    else: counts[begin >> bits] += 1
    packed = begin + len(data)
    return begin

packed, end = 0, 0
l1, tables = [0] * l1_entries, {}
for number, data in clusters(zstandard):
    table, entry = divmod(number, entries)
    if table not in tables:
        l1[table] = allocate() | COPIED
        tables[table] = [0] * entries
    if len(data) == size:
        begin = allocate()
        tables[table][entry] = begin | COPIED
    else:
        begin = pack(data)
        more = (begin + len(data) - 1) // 512 - begin // 512
        tables[table][entry] = begin | more << (62 - (bits - 8)) | COMPRESSED
    if begin != end: out.seek(begin)
    out.write(data)
    end = begin + len(data)

def put(offset, form, values):
    out.seek(offset)
    out.write(struct.pack(">%d%s" % (len(values), form), *values))

for table, values in tables.items(): put(l1[table] & ~COPIED, "Q", values)
put(l1_offset, "Q", l1)
put(reftable_offset, "Q", blocks)
for index, offset in enumerate(blocks): put(offset, "H", counts[index * block_entries:(index + 1) * block_entries])
out.seek(0, os.SEEK_END)
out.write(bytes(-out.tell() % 512))
out.close()
`;
