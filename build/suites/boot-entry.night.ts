import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../commands/build.ts';
import { type Partition, parseGpt, partitionTypes, tableBytes } from '../formats/disk/gpt.ts';
import { afterPowerCut } from '../formats/disk/power-cut.ts';
import { parseWriteLog, type Request } from '../formats/disk/write-log.ts';
import { randomFrom } from '../formats/text/random.ts';
import { fileSize, repository } from '../host/fs/files.ts';
import { readHead, withReader } from '../host/fs/random-access.ts';
import { createProgress } from '../host/progress.ts';
import { openStore } from '../host/store/store.ts';
import { readArtifact } from '../project/artifact.ts';
import { toolsTree } from '../project/tools-tree.ts';
import { prepareMachine, type TestMachine } from '../smoke/test-machine.ts';
import { type Entries, entriesAfter } from '../testdata/boot-entries.ts';
import { probeAccelerator } from '../vm/accelerator.ts';
import { connectGuest } from '../vm/guest.ts';
import { boot } from '../vm/machine.ts';
import { buildDefaultImage } from './support/images.ts';

/** How often one start's power is cut, at another moment each time. */
const cuts = 150;
const progress = createProgress({ json: false });
const out = join(repository, 'out');

let image: string;
let tools: string;
const machines: TestMachine[] = [];
beforeAll(async () => {
  const { lock } = await buildDefaultImage();
  const options = { target: ['qcow2'], out, lock: lock[1] };
  const [built] = await build('nanite-server', options, progress);
  image = built!.path;
  tools = await toolsTree(built!.record, { store: await openStore(), progress });
});
afterAll(async () => {
  for (const machine of machines) await machine.remove();
});

test('whenever the power fails while a start is noted as good, the loader has an entry, and the next start leaves one', async () => {
  expect(await lostEntries(await startOnce({}))).toEqual([]);
}, 1_200_000);

test('an entry that is renamed without being flushed is lost by some', async () => {
  const text = '[Service]\nExecStart=\nExecStart=/usr/lib/systemd/systemd-bless-boot good\n';
  const credentials = { 'systemd.unit-dropin.systemd-bless-boot.service': text };
  expect(await lostEntries(await startOnce(credentials))).not.toEqual([]);
}, 1_200_000);

interface Started {
  /** Where all of it is. */
  folder: string;
  /** The ESP as it was before the start. */
  esp: Partition;
  /** QEMU's log of what was written. */
  writes: string;
}

/** Starts a new machine until its entry has lost its counter, and pulls the plug. */
async function startOnce(credentials: Record<string, string>, attempts = 3): Promise<Started> {
  const { kind: accelerator } = await probeAccelerator();
  const prepared = await prepareMachine(image, await readArtifact(image));
  machines.push(prepared);
  const { folder } = prepared;
  const raw = join(folder, 'before.raw');
  execFileSync('qemu-img', ['convert', '-O', 'raw', prepared.qemu.disk.path, raw]);
  const partitions = parseGpt(await readHead(raw, tableBytes), await fileSize(raw), raw);
  const esp = partitions.find(({ type }) => partitionTypes[type] === 'esp')!;
  const bytes = `skip=${esp.start} count=${esp.size} iflag=skip_bytes,count_bytes`.split(' ');
  const part = [`if=${raw}`, `of=${join(folder, 'esp')}`, 'bs=1M', 'conv=sparse', 'status=none'];
  execFileSync('dd', [...part, ...bytes]);
  rmSync(raw);
  const writes = join(folder, 'writes');
  // QEMU opens a log, and makes none.
  writeFileSync(writes, '');
  const { qemu } = prepared;
  const defaults = { accelerator, credentials, folder };
  const started = await boot(
    {
      ...qemu,
      disk: { ...qemu.disk, writeLog: writes },
      firmware: 'uefi',
      controller: 'virtio',
      ...defaults,
    },
    progress,
  );
  // A log of several boots proves nothing about one.
  if (started.failedAttempts.length) {
    await started.stop();
    if (attempts > 1) return startOnce(credentials, attempts - 1);
    throw new Error(`no boot succeeded at the first attempt: ${started.failedAttempts.join('\n')}`);
  }
  try {
    const guest = await connectGuest(started.address);
    try {
      // Kernels' versions have a plus too, but no number alone behind it.
      await guest.waitUntilSucceeds("! ls /efi/loader/entries | grep -E '[+][0-9]+(-[0-9]+)?[.]conf$'", 300);
    } finally {
      guest.close();
    }
  } finally {
    await started.stop();
  }
  return { folder, esp, writes };
}

/**
 * Entries of the ESP that a cut left, and how the next start tidies them up: names and contents, and what is
 * wrong.
 */
async function lostEntries({ folder, esp, writes }: Started): Promise<string[]> {
  const requests = withReader(writes, parseWriteLog);
  const inEsp = ({ kind, offset }: Request) =>
    kind === 'write' && offset >= esp.start && offset < esp.start + esp.size;
  // The firmware writes to the ESP alone, before there is a Linux: the loader counts the start.
  const linux = requests.findIndex((request) => request.kind === 'write' && !inEsp(request));
  const moments = requests.flatMap((request, index) => (index > linux && inEsp(request) ? [index] : []));
  expect(moments.length).toBeGreaterThan(5);
  const disk = { before: join(folder, 'esp'), esp, writes, tools, work: join(folder, 'work') };
  const all = requests.filter(({ kind }) => kind === 'write');
  const [whole] = Object.values((await entriesAfter(all, disk)).left);
  expect(whole).toContain('linux ');
  const problems: string[] = [];
  for (let cut = 1; cut <= cuts; cut++) {
    const random = randomFrom(`entry/${cut}`);
    const last = random.pick(moments) + 1 + random.below(3);
    const { pieces } = afterPowerCut(requests.slice(0, last), random);
    const { found, left } = await entriesAfter(pieces, disk);
    const names = (entries: Entries) => Object.keys(entries).join(' ') || 'none';
    const startable = Object.entries(found).some(([name, text]) => name.endsWith('.conf') && text === whole);
    const tidy = Object.keys(left).length === 1 && Object.values(left)[0] === whole;
    if (!startable || !tidy) problems.push(`cut ${cut}: ${names(found)}, then ${names(left)}`);
  }
  return problems;
}
