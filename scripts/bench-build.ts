import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedMirror } from '../build/formats/text/mirror.ts';
import { repository } from '../build/host/fs/files.ts';
import { runInside } from '../build/host/run/sandbox.ts';
import { openStore } from '../build/host/store/store.ts';
import { readImage } from '../build/project/inputs.ts';
import { sourcesFrom } from '../build/project/sources.ts';
import { readStageCode } from '../build/project/stage-code.ts';
import { resolveManifest } from '../build/resolve/manifest.ts';
import { copyCheckout } from '../build/testdata/checkout.ts';
import { freshFileSystem, run, settledFolder, unmountAll } from './bench-host.ts';
import { type Mkosi, prepareMkosi } from './bench-mkosi.ts';
import { writeModel } from './bench-model.ts';
import { quickestInTurn, seconds } from './bench-time.ts';

/**
 * Times cold builds, in one run: the ISO against stock `lb build` of the rendered tree, a disk against mkosi
 * with the same packages; with the tools there and no package cached for anybody. Then builds after one
 * overlay file changed, and after nothing changed, and what 6 GB of model add to a disk against writing as
 * many bytes. Absolute times depend on the machine; the ratios are what counts. Names of parts, `iso`,
 * `disks`, `model`, leave the others out; `here` has all of it in the store's own file system.
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
const words = process.argv.slice(2);
const newPlace = words.includes('here') ? settledFolder : freshFileSystem;
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
  unmountAll();
  rmSync(folder, { recursive: true, force: true });
}

async function* iso(): AsyncGenerator<Row> {
  const { build, checkout } = coldStore(newPlace(folder, 'iso'));
  const make = () => build(['iso']);
  const tree = join(newPlace(folder, 'stock'), 'tree');
  ingot(repository, ['render', 'nanite-server', '--out', tree], store.folder);
  const stock = await seconds(folder, () =>
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
  const cold = await seconds(folder, make);
  yield compared('cold ISO', cold, 'stock', stock, 0.4);
  edit(checkout);
  yield compared('ISO, one overlay file changed', await seconds(folder, make), 'cold', cold, 0.4);
  yield compared('ISO, nothing changed', await seconds(folder, make), 'cold', cold, 2 / cold);
}

async function* disks(): AsyncGenerator<Row> {
  const { sets } = (await readImage('nanite-server', 'qcow2')).lock;
  const find = await sourcesFrom({});
  const [{ place: mirror }] = (await find('debian')).mirrors as [NamedMirror];
  const options = { suite: image.lock.base, mirror, packages: sets[0]!.asked };
  let mkosi: Mkosi;
  let ours: ReturnType<typeof coldStore>;
  const [theirs, cold] = await quickestInTurn(
    folder,
    () => {
      mkosi = prepareMkosi(newPlace(folder, 'mkosi'), options);
      return () => mkosi.build(false);
    },
    () => {
      ours = coldStore(newPlace(folder, 'disks'));
      return () => ours.build(['qcow2']);
    },
  );
  yield { what: 'mkosi disk', seconds: theirs };
  yield compared('cold qcow2', cold, 'mkosi', theirs, 0.8);
  // After the first, so that what both have in common, which differs from run to run, is not in the
  // difference.
  const after = await seconds(folder, () => ours.build(['qcow2', ...others]));
  yield compared(`${others.join(', ')}, after it`, after, 'cold', cold, 0.5);
  // Fills the cache that those after it have.
  const filling = await seconds(folder, () => mkosi.build(true));
  yield { what: 'mkosi disk, incremental, the first time', seconds: filling };
  const [theirEdit, ourEdit] = await quickestInTurn(
    folder,
    () => {
      appendFileSync(join(mkosi.extra, 'etc/motd'), 'changed\n');
      return () => mkosi.build(true);
    },
    () => {
      edit(ours.checkout);
      return () => ours.build(['qcow2']);
    },
  );
  yield { what: 'mkosi disk, incremental, one file changed', seconds: theirEdit };
  yield compared('qcow2, one overlay file changed', ourEdit, 'mkosi', theirEdit, 0.6);
  const theirNothing = await seconds(folder, () => mkosi.build(true));
  yield { what: 'mkosi disk, incremental, nothing changed', seconds: theirNothing };
  const nothing = await seconds(folder, () => ours.build(['qcow2']));
  yield compared('qcow2, nothing changed', nothing, 'cold', cold, 2 / cold);
}

/** What a disk of one size costs more with a large model: each has all but its root in the store. */
async function* model(): AsyncGenerator<Row> {
  const path = join(folder, 'large.gguf');
  writeModel(path);
  const copy = join(folder, 'copy');
  const once = await seconds(folder, () =>
    run('dd', [`if=${path}`, `of=${copy}`, 'bs=4M', 'conv=fsync', 'status=none']),
  );
  rmSync(copy);
  const again = async (name: string, further: string[]) => {
    const { build, checkout } = coldStore(join(folder, name), further);
    build(['raw']);
    edit(checkout);
    const taken = await seconds(folder, () => build(['raw']));
    // Together they would need 40 GB.
    rmSync(join(folder, name), { recursive: true });
    return taken;
  };
  yield { what: 'writing 6 GB', seconds: once };
  const own = await again('own', []);
  yield { what: 'raw disk after an edit, of its own size', seconds: own };
  // The hash of a disk is of its holes as well, so the cost of a larger one is a row of its own.
  const size = ['--disk-size', '12GiB'];
  const small = await again('small', size);
  yield { what: 'of 12 GiB', seconds: small };
  const large = await again('large', [...size, '--model', path]);
  yield compared('of 12 GiB with 6 GB of model, what it adds', large - small, 'writing them', once, 1);
}

function compared(what: string, seconds: number, of: string, reference: number, limit: number): Row {
  return { what, seconds, ratio: seconds / reference, of, limit };
}

function describe({ what, seconds, ratio, of, limit }: Row): string {
  const told = `${what.padEnd(50)} ${seconds.toFixed(1).padStart(6)} s`;
  return ratio ? `${told}   ${ratio.toFixed(3)} of ${of} (at most ${limit!.toFixed(3)})` : told;
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

function ingot(checkout: string, args: string[], storeFolder: string): void {
  run('node', [join(checkout, 'scripts/ingot.mjs'), ...args], { ...process.env, INGOT_STORE: storeFolder });
}
