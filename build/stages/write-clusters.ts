import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { sha256 } from '../formats/canonical-json.ts';
import { runInside } from '../host/sandbox.ts';
import { writeFiles } from '../host/write-files.ts';
import type { ConvertJob } from './convert-job.ts';
import { unflushed } from './unflushed.ts';

/**
 * Makes an image of compressed clusters: qemu-img its empty tables, `script` the rest, in Python. qemu-img alone compresses
 * one cluster after the other on one processor. `script` has the image open as `out`, calls a C library's functions by
 * `function`, and gets what `clusters` packs; of what has not changed since the image `earlier`, how that packs it.
 */
export async function writeClusters(job: ConvertJob, script: string): Promise<void> {
  const { create, disk, extents, driver, file, folder, log, earlier } = job;
  const data = extents.filter(({ zero }) => !zero).map(({ start, length }) => [start, start + length]);
  await writeFiles(folder, {
    'clusters.json': JSON.stringify({
      create: ['create', '-q', '-f', driver, ...create, file, String(disk.size)],
      parts: disk.parts,
      data,
      earlier: earlier && { image: earlier.image, parts: earlier.parts },
    }),
  });
  const command = ['python3', '-c', prelude + script, file, String(availableParallelism())];
  const sandbox = { ...disk.sandbox, inputs: { ...disk.sandbox.inputs, ...earlier?.inputs } };
  await runInside(sandbox, await unflushed(folder, command), { log });
}

/** By whom an image is made: the same gives the same bytes of the same disk. */
export function writerOf(
  tools: string,
  format: { driver: string; create: string[]; clusters: string },
): string {
  const { driver, create, clusters } = format;
  return sha256([basename(tools), driver, create, prelude, clusters]);
}

/** ctypes lets other threads run while a library works; no more than a few runs of neighbours are in memory. */
const prelude = `
import collections, concurrent.futures, ctypes, functools, json, os, struct, sys, threading
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

class Earlier:
    def __init__(self, image, parts): self.file, self.parts = os.open(image, os.O_RDONLY), opened(parts)
    def read(self, at, length): return os.pread(self.file, length, at)
    @functools.cache
    def unpack(self, form, at): return struct.unpack(form, self.read(at, struct.calcsize(form)))

disk, earlier = opened(job["parts"]), "earlier" in job and Earlier(**job["earlier"])

def clusters(size, pack, kept):
    "Number and pack(bytes) of each cluster that is not all zero, in the disk's order; kept(number) is the same as the earlier image has it."
    empty = bytes(size)
    runs = []
    for number in sorted({number for start, end in job["data"] for number in range(start // size, -(-end // size))}):
        if runs and runs[-1][-1] == number - 1 and len(runs[-1]) < RUN: runs[-1].append(number)
        else: runs.append([number])
    def packed(run):
        start, length = run[0] * size, len(run) * size
        data, before = read(disk, start, length), earlier and read(earlier.parts, start, length)
        if data == before: return [(number, kept(number)) for number in run]
        pieces = [(number, slice(at, at + size)) for number, at in zip(run, range(0, length, size))]
        same = lambda piece: before and data[piece] == before[piece]
        return [(number, kept(number) if same(piece) else pack(data[piece])) for number, piece in pieces if data[piece] != empty]
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        waiting = collections.deque()
        for run in runs:
            waiting.append(pool.submit(packed, run))
            if len(waiting) > 2 * RUN * threads: yield from present(waiting.popleft())
        for task in waiting: yield from present(task)

def present(task): return (made for made in task.result() if made[1])
`;
