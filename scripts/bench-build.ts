import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImage } from '../build/commands/_inputs.ts';
import { sourcesFrom } from '../build/commands/_sources.ts';
import { readStageCode } from '../build/commands/_stage-code.ts';
import { repository } from '../build/host/files.ts';
import { runInside } from '../build/host/sandbox.ts';
import { openStore } from '../build/host/store.ts';
import { resolveManifest } from '../build/resolve/manifest.ts';
import { copyCheckout } from '../build/testdata/checkout.ts';
import { prepareMkosi } from './bench-mkosi.ts';
import { writeModel } from './bench-model.ts';

/**
 * Times cold builds, in one run: the ISO against stock `lb build` of the rendered tree, a disk against mkosi with the
 * same packages; with the tools there and no package cached for anybody. Then builds after one overlay file changed,
 * and after nothing changed, and what 6 GB of model add to a disk against writing as many bytes. Absolute times depend
 * on the machine; the ratios are what counts. Names of parts, `iso`, `disks`, `model`, leave the others out; `here` has
 * all of it in the store's own file system.
 */
interface Row {
  what: string;
  seconds: number;
  ratio?: number;
  of?: string;
  limit?: number;
}

const others = ['vmdk', 'vdi', 'vhdx', 'ova'];
const store = await openStore();
const image = await readImage('nanite-server', 'iso');
const manifest = resolveManifest(image, await readStageCode());
const tools = manifest.stages.find((stage) => stage.type === 'tools')!.id;
const folder = mkdtempSync(join(store.folder, 'bench-'));
const mounted: string[] = [];
const words = process.argv.slice(2);
try {
  ingot(repository, ['build', 'nanite-server', '--out', join(folder, 'warm')], store.folder);
  const rows: Row[] = [];
  const parts = { iso, disks, model };
  const names = words.filter((word) => word !== 'here') as (keyof typeof parts)[];
  for (const part of names.length ? names.map((name) => parts[name]) : Object.values(parts))
    for await (const row of part()) {
      rows.push(row);
      // At once: a run takes half an hour, and may fail at its end.
      console.log(describe(row));
    }
  mkdirSync(join(repository, 'out'), { recursive: true });
  writeFileSync(join(repository, 'out', 'bench.json'), `${JSON.stringify(rows, null, 2)}\n`);
  if (rows.some((row) => row.ratio && row.ratio > row.limit!)) process.exitCode = 1;
} finally {
  for (const path of mounted) run('umount', ['--lazy', path]);
  rmSync(folder, { recursive: true, force: true });
}

async function* iso(): AsyncGenerator<Row> {
  const { build, checkout } = coldStore(freshFileSystem('iso'));
  const make = () => build(['iso']);
  const tree = join(freshFileSystem('stock'), 'tree');
  ingot(repository, ['render', 'nanite-server', '--out', tree], store.folder);
  const stock = await seconds(() =>
    runInside(
      {
        tools: store.stage(tools),
        work: tree,
        network: true,
        sourceDateEpoch: image.lock.sourceDateEpoch,
        inputs: { '/etc/resolv.conf': '/etc/resolv.conf' },
      },
      ['lb', 'build'],
      { log: join(store.folder, 'logs', 'bench-lb-build.log') },
    ),
  );
  yield { what: 'stock lb build of the rendered tree', seconds: stock };
  const cold = await seconds(make);
  yield compared('cold ISO', cold, 'stock', stock, 0.45);
  edit(checkout);
  yield compared('ISO, one overlay file changed', await seconds(make), 'cold', cold, 0.4);
  yield compared('ISO, nothing changed', await seconds(make), 'cold', cold, 2 / cold);
}

async function* disks(): AsyncGenerator<Row> {
  const { sets } = (await readImage('nanite-server', 'qcow2')).lock;
  const [mirror] = (await sourcesFrom({})()).mirrors as [string];
  const mkosi = prepareMkosi(freshFileSystem('mkosi'), {
    suite: image.lock.base,
    mirror,
    packages: sets[0]!.asked,
  });
  const theirs = await seconds(() => mkosi.build(false));
  yield { what: 'mkosi disk', seconds: theirs };
  // Fills the cache that the next two have.
  yield { what: 'mkosi disk, incremental, the first time', seconds: await seconds(() => mkosi.build(true)) };
  writeFileSync(join(mkosi.extra, 'etc/motd'), 'changed\n');
  const theirOverlay = await seconds(() => mkosi.build(true));
  yield { what: 'mkosi disk, incremental, one file changed', seconds: theirOverlay };
  yield { what: 'mkosi disk, incremental, nothing changed', seconds: await seconds(() => mkosi.build(true)) };
  const { build, checkout } = coldStore(freshFileSystem('disks'));
  const first = () => build(['qcow2']);
  const cold = await seconds(first);
  yield compared('cold qcow2', cold, 'mkosi', theirs, 0.6);
  // After the first, so that what both have in common, which differs from run to run, is not in the difference.
  const after = await seconds(() => build(['qcow2', ...others]));
  yield compared(`${others.join(', ')}, after it`, after, 'cold', cold, 0.5);
  edit(checkout);
  yield compared('qcow2, one overlay file changed', await seconds(first), 'mkosi', theirOverlay, 0.5);
  yield compared('qcow2, nothing changed', await seconds(first), 'cold', cold, 2 / cold);
}

/** What a disk costs more with a large model: both have all but their root in the store. */
async function* model(): AsyncGenerator<Row> {
  const path = join(folder, 'large.gguf');
  writeModel(path);
  warmMemory(join(folder, 'model.hole'));
  const copy = join(folder, 'copy');
  const once = await seconds(() =>
    run('dd', [`if=${path}`, `of=${copy}`, 'bs=4M', 'conv=fsync', 'status=none']),
  );
  rmSync(copy);
  const again = async (name: string, further: string[]) => {
    const { build, checkout } = coldStore(join(folder, name), further);
    build(['raw']);
    edit(checkout);
    return seconds(() => build(['raw']));
  };
  const more = (await again('large', ['--model', path, '--disk-size', '12GiB'])) - (await again('small', []));
  yield { what: 'writing 6 GB', seconds: once };
  yield compared('raw disk, 6 GB of model more', more, 'writing them', once, 1);
}

function compared(what: string, seconds: number, of: string, reference: number, limit: number): Row {
  return { what, seconds, ratio: seconds / reference, of, limit };
}

function describe({ what, seconds, ratio, of, limit }: Row): string {
  const told = `${what.padEnd(50)} ${seconds.toFixed(1).padStart(6)} s`;
  return ratio ? `${told}   ${ratio.toFixed(3)} of ${of} (at most ${limit!.toFixed(3)})` : told;
}

/**
 * A virtual machine gives memory that is free back to its host, and touching it again can take ten times as long. A
 * sparse file that is read makes a cache of all of it, from which the kernel then takes without asking the host.
 */
function warmMemory(hole: string): void {
  const [, free] = /^MemFree: *(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))!;
  run('truncate', [`--size=${free}K`, hole]);
  run('dd', [`if=${hole}`, 'of=/dev/null', 'bs=1M', 'status=none']);
}

/** Linux' ext4 without a journal passes over the inodes of files that were removed in the last minute, one by one. */
function settled(path: string): string {
  run('sleep', ['65']);
  return path;
}

/** A store with the tools tree and nothing else, and a checkout to edit. */
function coldStore(place: string, further: string[] = []) {
  const cold = join(place, 'store');
  mkdirSync(join(cold, 'stages'), { recursive: true });
  run('cp', ['--archive', store.stage(tools), join(cold, 'stages', tools)]);
  const checkout = copyCheckout(join(place, 'checkout'));
  const args = ['build', 'nanite-server', ...further, '--out', join(place, 'out')];
  const build = (targets: string[]) =>
    ingot(checkout, [...args, ...targets.flatMap((target) => ['--target', target])], cold);
  return { checkout, build };
}

function edit(checkout: string): void {
  appendFileSync(join(checkout, 'overlays/console/etc/motd.hbs'), 'changed\n');
}

/**
 * A file system that nobody has used, for each side its own: what was removed before costs whoever makes files next, most
 * of all on an ext4 without a journal. Its mount ends with this process's namespace, and its loop device with its mount.
 */
function freshFileSystem(name: string): string {
  warmMemory(join(folder, `${name}.hole`));
  const [image, to] = [join(folder, `${name}.ext4`), join(folder, name)];
  mkdirSync(to);
  if (words.includes('here')) return settled(to);
  run('truncate', ['--size=32G', image]);
  run('mkfs.ext4', ['-q', image]);
  const device = run('losetup', ['--find', '--show', '--direct-io=on', image]).trim();
  run('mount', [device, to]);
  run('losetup', ['--detach', device]);
  mounted.push(to);
  return to;
}

async function seconds(work: () => unknown): Promise<number> {
  // What was written before is no part of the time.
  run('sync', []);
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function ingot(checkout: string, args: string[], storeFolder: string): void {
  run('node', [join(checkout, 'scripts/ingot.mjs'), ...args], { ...process.env, INGOT_STORE: storeFolder });
}

function run(command: string, args: string[], env = process.env): string {
  const { status, stdout } = spawnSync(command, args, {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
  return stdout;
}
