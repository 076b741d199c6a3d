import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImage } from '../build/commands/_inputs.ts';
import { readStageCode } from '../build/commands/_stage-code.ts';
import { repository } from '../build/host/files.ts';
import { runInside } from '../build/host/sandbox.ts';
import { openStore } from '../build/host/store.ts';
import { resolveManifest } from '../build/resolve/manifest.ts';
import { copyCheckout } from '../build/testdata/checkout.ts';

/**
 * Times a cold build against stock `lb build` of the rendered tree, in one run, with the tools tree there and no
 * package cached for either; then a build after one overlay file changed, and one after nothing changed. Absolute
 * times depend on the machine; the ratios are what counts.
 */
const store = await openStore();
const image = await readImage('nanite-server', 'iso');
const manifest = resolveManifest(image, await readStageCode());
const tools = manifest.stages.find((stage) => stage.type === 'tools')!.id;
const folder = mkdtempSync(join(store.folder, 'bench-'));
try {
  ingot(repository, ['build', 'nanite-server', '--out', join(folder, 'warm')], store.folder);
  const cold = join(folder, 'store');
  mkdirSync(join(cold, 'stages'), { recursive: true });
  // Hard links: the tree is only ever read.
  run('cp', ['-al', store.stage(tools), join(cold, 'stages', tools)]);
  const checkout = copyCheckout(join(folder, 'checkout'));
  const build = () => ingot(checkout, ['build', 'nanite-server', '--out', join(folder, 'out')], cold);

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
  appendFileSync(join(checkout, 'overlays/console/etc/motd.hbs'), 'changed\n');
  const overlay = await seconds(build);
  const nothing = await seconds(build);

  const rows = [
    { what: 'stock lb build of the rendered tree', seconds: stock },
    { what: 'cold build', seconds: first, ratio: first / stock, of: 'stock', limit: 0.45 },
    { what: 'one overlay file changed', seconds: overlay, ratio: overlay / first, of: 'cold', limit: 0.4 },
    { what: 'nothing changed', seconds: nothing, ratio: nothing / first, of: 'cold', limit: 2 / first },
  ];
  for (const row of rows)
    console.log(
      `${row.what.padEnd(36)} ${row.seconds.toFixed(1).padStart(6)} s` +
        (row.ratio ? `   ${row.ratio.toFixed(3)} of ${row.of} (at most ${row.limit.toFixed(3)})` : ''),
    );
  mkdirSync(join(repository, 'out'), { recursive: true });
  writeFileSync(join(repository, 'out', 'bench.json'), `${JSON.stringify(rows, null, 2)}\n`);
  if (rows.some((row) => row.ratio && row.ratio > row.limit)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
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
