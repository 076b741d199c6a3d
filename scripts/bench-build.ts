import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
 * on the machine; the ratios are what counts. `--disks` leaves the ISO out, `--model` times the model alone.
 */
interface Row {
  what: string;
  seconds: number;
  ratio?: number;
  of?: string;
  limit?: number;
}

const vmTargets = ['qcow2', 'vmdk', 'vdi', 'vhdx', 'ova'];
const store = await openStore();
const image = await readImage('nanite-server', 'iso');
const manifest = resolveManifest(image, await readStageCode());
const tools = manifest.stages.find((stage) => stage.type === 'tools')!.id;
const folder = mkdtempSync(join(store.folder, 'bench-'));
try {
  ingot(repository, ['build', 'nanite-server', '--out', join(folder, 'warm')], store.folder);
  const rows: Row[] = [];
  if (!/--(disks|model)/.test(process.argv.join(' '))) rows.push(...(await iso()));
  if (!process.argv.includes('--model')) rows.push(...(await disks()));
  rows.push(await model());
  for (const row of rows)
    console.log(
      `${row.what.padEnd(44)} ${row.seconds.toFixed(1).padStart(6)} s` +
        (row.ratio ? `   ${row.ratio.toFixed(3)} of ${row.of} (at most ${row.limit!.toFixed(3)})` : ''),
    );
  mkdirSync(join(repository, 'out'), { recursive: true });
  writeFileSync(join(repository, 'out', 'bench.json'), `${JSON.stringify(rows, null, 2)}\n`);
  if (rows.some((row) => row.ratio && row.ratio > row.limit!)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function iso(): Promise<Row[]> {
  const { build, checkout } = coldStore('iso', ['iso']);
  ingot(repository, ['render', 'nanite-server', '--out', join(folder, 'tree')], store.folder);
  const stock = await seconds(() =>
    runInside(
      {
        tools: store.stage(tools),
        work: join(folder, 'tree'),
        network: true,
        sourceDateEpoch: image.lock.sourceDateEpoch,
        inputs: { '/etc/resolv.conf': '/etc/resolv.conf' },
      },
      ['lb', 'build'],
      { log: join(store.folder, 'logs', 'bench-lb-build.log') },
    ),
  );
  const first = await seconds(build);
  edit(checkout);
  const overlay = await seconds(build);
  const nothing = await seconds(build);
  return [
    { what: 'stock lb build of the rendered tree', seconds: stock },
    { what: 'cold ISO', seconds: first, ratio: first / stock, of: 'stock', limit: 0.45 },
    {
      what: 'ISO, one overlay file changed',
      seconds: overlay,
      ratio: overlay / first,
      of: 'cold',
      limit: 0.4,
    },
    { what: 'ISO, nothing changed', seconds: nothing, ratio: nothing / first, of: 'cold', limit: 2 / first },
  ];
}

async function disks(): Promise<Row[]> {
  const { sets } = (await readImage('nanite-server', 'qcow2')).lock;
  const [mirror] = (await sourcesFrom({})()).mirrors as [string];
  const mkosi = prepareMkosi(folder, { suite: image.lock.base, mirror, packages: sets[0]!.asked });
  const theirs = {
    cold: await seconds(() => mkosi.build(false)),
    // Fills the cache that the next two have.
    first: await seconds(() => mkosi.build(true)),
    overlay: await seconds(() => {
      writeFileSync(join(mkosi.extra, 'etc/motd'), 'changed\n');
      mkosi.build(true);
    }),
    nothing: await seconds(() => mkosi.build(true)),
  };
  const one = coldStore('qcow2', ['qcow2']);
  const cold = await seconds(one.build);
  const all = await seconds(coldStore('vm', vmTargets).build);
  edit(one.checkout);
  const overlay = await seconds(one.build);
  const nothing = await seconds(one.build);
  return [
    { what: 'mkosi disk', seconds: theirs.cold },
    { what: 'mkosi disk, one file changed, incremental', seconds: theirs.overlay },
    { what: 'mkosi disk, nothing changed, incremental', seconds: theirs.nothing },
    { what: 'cold qcow2', seconds: cold, ratio: cold / theirs.cold, of: 'mkosi', limit: 0.6 },
    {
      what: `cold ${vmTargets.join(', ')}, beyond it`,
      seconds: all,
      ratio: (all - cold) / cold,
      of: 'qcow2',
      limit: 0.5,
    },
    {
      what: 'qcow2, one overlay file changed',
      seconds: overlay,
      ratio: overlay / theirs.overlay,
      of: 'mkosi',
      limit: 0.5,
    },
    { what: 'qcow2, nothing changed', seconds: nothing, ratio: nothing / cold, of: 'cold', limit: 2 / cold },
  ];
}

/** What a disk costs more with a large model: both have all but their root in the store. */
async function model(): Promise<Row> {
  const path = join(folder, 'large.gguf');
  writeModel(path);
  const copy = join(folder, 'copy');
  const once = await seconds(() =>
    run('dd', [`if=${path}`, `of=${copy}`, 'bs=4M', 'conv=fsync', 'status=none']),
  );
  rmSync(copy);
  const again = async (name: string, further: string[]) => {
    const { build, checkout } = coldStore(name, ['raw'], further);
    build();
    edit(checkout);
    return seconds(build);
  };
  const more = (await again('large', ['--model', path, '--disk-size', '12GiB'])) - (await again('small', []));
  return {
    what: 'raw disk, 6 GB of model more',
    seconds: more,
    ratio: more / once,
    of: 'writing them',
    limit: 1,
  };
}

/** A store with the tools tree and nothing else, and a checkout to edit. */
function coldStore(name: string, targets: string[], further: string[] = []) {
  const cold = join(folder, name, 'store');
  mkdirSync(join(cold, 'stages'), { recursive: true });
  // Hard links: the tree is only ever read.
  run('cp', ['-al', store.stage(tools), join(cold, 'stages', tools)]);
  const checkout = copyCheckout(join(folder, name, 'checkout'));
  const asked = targets.flatMap((target) => ['--target', target]);
  const args = ['build', 'nanite-server', ...asked, ...further, '--out', join(folder, name, 'out')];
  const build = () => ingot(checkout, args, cold);
  return { checkout, build };
}

function edit(checkout: string): void {
  appendFileSync(join(checkout, 'overlays/console/etc/motd.hbs'), 'changed\n');
}

async function seconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function ingot(checkout: string, args: string[], storeFolder: string): void {
  run('node', [join(checkout, 'scripts/ingot.mjs'), ...args], { ...process.env, INGOT_STORE: storeFolder });
}

function run(command: string, args: string[], env = process.env): void {
  const { status } = spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
