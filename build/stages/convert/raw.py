"""Writes the parts of a disk, which `parts.json` names, as one sparse file, the argument; prints its SHA-256.

One thread writes while another takes the hash. Writing goes past the page cache where the file system lets it, straight
from what is mapped: a disk with a model of gigabytes is copied by no processor, and takes no memory from what is cached.
Direct writes begin and end at whole blocks, in the file and in memory.
"""
import concurrent.futures, errno, hashlib, json, mmap, os, sys

CHUNK, BLOCK = 1 << 20, 4096
zeros = bytes(CHUNK)


def mapped(file):
    "All bytes of an open file as the page cache has them; parts of them are no copies."
    return memoryview(mmap.mmap(file, 0, prot=mmap.PROT_READ))


parts, size = [], 0
for part in json.load(open("parts.json")):
    file = os.open(part["path"], os.O_RDONLY)
    parts.append((size - part["start"], part["start"], part["start"] + part["bytes"], file, mapped(file)))
    size += part["bytes"]

def data(file, start, end):
    "Where a file has data between two of its bytes; what is a hole is not read."
    while start < end:
        try: start = os.lseek(file, start, os.SEEK_DATA)
        except OSError as error:
            if error.errno != errno.ENXIO: raise
            return
        stop = min(os.lseek(file, start, os.SEEK_HOLE), end)
        if start < stop: yield start, stop
        start = stop

def chunks():
    "Each with its place in the disk, and whether it is whole blocks at whole blocks; what is left out is zero."
    for shift, start, end, file, view in parts:
        for start, stop in data(file, start, end):
            for at in range(start, stop, CHUNK):
                chunk = view[at:min(at + CHUNK, stop)]
                yield at + shift, chunk, not (shift % BLOCK or at % BLOCK or len(chunk) % BLOCK)

def empty(chunk):
    return not chunk[0] and bytes(chunk) == zeros[:len(chunk)]

def write(path):
    plain = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    os.truncate(plain, size)
    try: direct = os.open(path, os.O_WRONLY | os.O_DIRECT)
    except OSError: direct = plain
    for place, chunk, whole in chunks():
        if empty(chunk): continue
        file = direct if whole else plain
        while chunk:
            done = os.pwrite(file, chunk, place)
            place, chunk = place + done, chunk[done:]
            file = plain

def digest():
    sha256 = hashlib.sha256()
    done = 0
    for place, chunk, _ in [*chunks(), (size, b"", False)]:
        for at in range(done, place, CHUNK): sha256.update(zeros[:min(CHUNK, place - at)])
        sha256.update(chunk)
        done = place + len(chunk)
    return sha256.hexdigest()

with concurrent.futures.ThreadPoolExecutor(2) as pool:
    made = [pool.submit(write, sys.argv[1]), pool.submit(digest)]
    print([each.result() for each in made][1])
