import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import type { Range } from '../../formats/disk/data-ranges.ts';
import { sha256 } from '../../formats/text/canonical-json.ts';
import { readJson } from '../../host/fs/files.ts';
import { writeFiles } from '../../host/fs/write-files.ts';
import { runInside } from '../../host/run/sandbox.ts';
import { assertFacts } from '../stage-output.ts';
import { unflushed } from '../without-fsync.ts';
import type { ConvertJob } from './job.ts';

/**
 * Makes an image of compressed clusters: qemu-img its empty tables, `script` the rest, in Python. qemu-img alone compresses
 * one cluster after the other on one processor. `script` has the image open as `out`, closes it, and calls a C library's
 * functions by `function`; `clusters`, of its `size`, gives it what it packs, and takes what has not changed from the image
 * `earlier`; its function `stored` tells how an image has packed a cluster, empty where it has none.
 *
 * Returns the parts of the disk that are to be read back: without an earlier image all. The others are refused here unless
 * they are, byte for byte, what QEMU has read back from the earlier image, which is refused unless it is whole.
 */
export async function writeClusters(job: ConvertJob, script: string): Promise<Range[] | undefined> {
  const { create, disk, extents, driver, file, folder, log, earlier } = job;
  const data = extents.filter(({ zero }) => !zero).map(({ start, length }) => [start, start + length]);
  await writeFiles(folder, {
    'clusters.json': JSON.stringify({
      create: ['create', '-q', '-f', driver, ...create, file, String(disk.size)],
      bytes: disk.size,
      parts: disk.parts,
      data,
      earlier: earlier && { image: earlier.image, parts: earlier.parts },
    }),
  });
  const command = ['python3', '-c', prelude + script + compareKept, file, String(availableParallelism())];
  const sandbox = { ...disk.sandbox, inputs: { ...disk.sandbox.inputs, ...earlier?.inputs } };
  const whole = earlier && assertFacts(earlier.file);
  whole?.catch(() => {});
  await runInside(sandbox, await unflushed(folder, command), { log });
  await whole;
  return earlier && readJson<Range[]>(join(folder, changedName));
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
import collections, concurrent.futures, ctypes, functools, json, mmap, os, struct, sys, threading
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

class Image:
    "All bytes of a file, and the disk that it was made of."
    def __init__(self, image, parts=()):
        self.bytes = mmap.mmap(os.open(image, os.O_RDONLY), 0, prot=mmap.PROT_READ)
        self.parts = opened(parts)
    @functools.cache
    def unpack(self, form, at): return struct.unpack_from(form, self.bytes, at)

disk, earlier = opened(job["parts"]), "earlier" in job and Image(**job["earlier"])
kept, changed = set(), set()

def clusters(pack):
    "Number and pack(bytes) of each cluster that is not all zero, in the disk's order."
    empty = bytes(size)
    runs = []
    for number in sorted({number for start, end in job["data"] for number in range(start // size, -(-end // size))}):
        if runs and runs[-1][-1] == number - 1 and len(runs[-1]) < RUN: runs[-1].append(number)
        else: runs.append([number])
    def packed(run):
        start, length = run[0] * size, len(run) * size
        data, before = read(disk, start, length), earlier and read(earlier.parts, start, length)
        unchanged, made = data == before, []
        for number, at in zip(run, range(0, length, size)):
            if not data[at] and data[at:at + size] == empty: continue
            if unchanged or before and data[at:at + size] == before[at:at + size]:
                kept.add(number)
                made.append((number, stored(earlier, number)))
            else:
                changed.add(number)
                made.append((number, pack(data[at:at + size])))
        return made
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        waiting = collections.deque()
        for run in runs:
            waiting.append(pool.submit(packed, run))
            if len(waiting) > 2 * RUN * threads: yield from waiting.popleft().result()
        for task in waiting: yield from task.result()
`;

const changedName = 'changed.json';

/** What is neither kept nor changed must have no place in the image. */
const compareKept = `
def compare_kept():
    made = Image(sys.argv[1])
    for number in set(range(-(-job["bytes"] // size))) - changed:
        found = stored(made, number)
        right = found and found == stored(earlier, number) if number in kept else not found
        if not right: sys.exit("cluster %d of the image is not what the earlier one has" % number)
    with open("${changedName}", "w") as file:
        json.dump([{"start": number * size, "end": (number + 1) * size} for number in sorted(changed)], file)
if earlier: compare_kept()
`;
