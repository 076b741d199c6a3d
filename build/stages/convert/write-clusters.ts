import { availableParallelism } from 'node:os';
import { writeFiles } from '../../host/fs/write-files.ts';
import { runInside } from '../../host/run/sandbox.ts';
import { withoutFsync } from '../without-fsync.ts';
import type { ConvertJob } from './job.ts';

/**
 * Makes an image of compressed clusters: qemu-img its empty tables, `script` the rest, in Python. qemu-img alone compresses
 * one cluster after the other on one processor. `script` has the image open as `out`, closes it, and calls a C library's
 * functions by `function`; `clusters`, of its `size`, gives it what it packs.
 */
export async function writeClusters(job: ConvertJob, script: string): Promise<void> {
  const { create, disk, extents, driver, file, folder, log } = job;
  const data = extents.filter(({ zero }) => !zero).map(({ start, length }) => [start, start + length]);
  await writeFiles(folder, {
    'clusters.json': JSON.stringify({
      create: ['create', '-q', '-f', driver, ...create, file, String(disk.size)],
      parts: disk.parts,
      data,
    }),
  });
  const command = ['python3', '-c', prelude + script, file, String(availableParallelism())];
  await runInside(disk.sandbox, await withoutFsync(folder, command), { log });
}

/** ctypes lets other threads run while a library works; no more than a few runs of neighbours are in memory. */
const prelude = `
import collections, concurrent.futures, ctypes, json, os, struct, sys, threading
RUN = 16
job = json.load(open("clusters.json"))
if os.spawnvp(os.P_WAIT, "qemu-img", ["qemu-img", *job["create"]]): sys.exit("qemu-img made no image")
out, threads = open(sys.argv[1], "r+b"), int(sys.argv[2])

def opened(parts):
    "Each part's begin and end in the disk, its file, and where it begins there."
    found, end = [], 0
    for part in parts:
        found.append((end, end + part["bytes"], os.open(part["path"], os.O_RDONLY), part["start"]))
        end += part["bytes"]
    return found

def function(library, name, result, *arguments):
    found = getattr(library, name)
    found.restype, found.argtypes = result, arguments
    return found

def read(parts, start, length):
    found = b""
    for first, last, file, offset in parts:
        low, high = max(start, first), min(start + length, last)
        if low < high: found += os.pread(file, high - low, low - first + offset)
    return found.ljust(length, b"\\0")

disk = opened(job["parts"])

def clusters(pack):
    "Number and pack(bytes) of each cluster that is not all zero, in the disk's order."
    empty = bytes(size)
    runs = []
    for number in sorted({number for start, end in job["data"] for number in range(start // size, -(-end // size))}):
        if runs and runs[-1][-1] == number - 1 and len(runs[-1]) < RUN: runs[-1].append(number)
        else: runs.append([number])
    def packed(run):
        start, length = run[0] * size, len(run) * size
        data = read(disk, start, length)
        parts = [(number, data[at:at + size]) for number, at in zip(run, range(0, length, size))]
        return [(number, pack(part)) for number, part in parts if part[0] or part != empty]
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        waiting = collections.deque()
        for run in runs:
            waiting.append(pool.submit(packed, run))
            if len(waiting) > 2 * RUN * threads: yield from waiting.popleft().result()
        for task in waiting: yield from task.result()
`;
