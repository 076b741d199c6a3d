import { availableParallelism } from 'node:os';
import { runInside } from '../host/sandbox.ts';
import { writeFiles } from '../host/write-files.ts';
import type { ConvertJob } from './convert-job.ts';

/**
 * Makes an image of compressed clusters: qemu-img its empty tables, `script` the rest, in Python. qemu-img alone compresses
 * one cluster after the other on one processor. `script` has the image open as `out`, calls a C library's functions by
 * `function`, and gets what `clusters` packs.
 */
export async function writeClusters(job: ConvertJob, script: string): Promise<void> {
  const { qemuImg, create, disk, extents, driver, file, folder, log } = job;
  await qemuImg('create', '-f', driver, ...create, file, String(disk.size));
  const data = extents.filter(({ zero }) => !zero).map(({ start, length }) => [start, start + length]);
  await writeFiles(folder, { 'clusters.json': JSON.stringify({ parts: disk.parts, data }) });
  const command = ['python3', '-c', prelude + script, file, String(availableParallelism())];
  await runInside(disk.sandbox, command, { log });
}

/** ctypes lets other threads run while a library works; no more than a few tasks' clusters are in memory. */
const prelude = `
import collections, concurrent.futures, ctypes, json, os, struct, sys, threading
out, threads = open(sys.argv[1], "r+b"), int(sys.argv[2])
job = json.load(open("clusters.json"))
parts, end = [], 0
for part in job["parts"]:
    parts.append((end, end + part["bytes"], os.open(part["path"], os.O_RDONLY), part["start"]))
    end += part["bytes"]

def function(library, name, result, *arguments):
    found = getattr(library, name)
    found.restype, found.argtypes = result, arguments
    return found

def read(start, length):
    found = b""
    for first, last, file, offset in parts:
        low, high = max(start, first), min(start + length, last)
        if low < high: found += os.pread(file, high - low, low - first + offset)
    return found.ljust(length, b"\\0")

def clusters(size, pack):
    "Number and pack(bytes) of each cluster that is not all zero, in the disk's order."
    empty = bytes(size)
    numbers = sorted({number for start, end in job["data"] for number in range(start // size, -(-end // size))})
    def packed(task):
        filled = ((number, read(number * size, size)) for number in task)
        return [(number, pack(data)) for number, data in filled if data != empty]
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        waiting = collections.deque()
        for at in range(0, len(numbers), 256):
            waiting.append(pool.submit(packed, numbers[at:at + 256]))
            if len(waiting) > 2 * threads: yield from waiting.popleft().result()
        for made in waiting: yield from made.result()
`;
