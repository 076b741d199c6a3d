import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildEnvironment } from '../host/environment.ts';
import { listFiles, readText, repository } from '../host/fs/files.ts';
import { makeFolder } from '../host/fs/folders.ts';
import { run } from '../host/run/command.ts';
import { removeFolder } from '../host/store/discard.ts';
import { IngotError } from '../model/errors.ts';
import type { Environment, Seen } from './variations.ts';

const enter = fileURLToPath(new URL('enter-environment.sh', import.meta.url));
const scripts = fileURLToPath(new URL('environments/', import.meta.url));

/** What a checkout needs for building. */
const parts = [
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'build',
  'recipes',
  'overlays',
  'kernel',
  'packages-lists',
  'scripts',
];

export interface VariedBuild {
  environment: Environment;
  /**
   * Folder of the whole verification, with the checkout to copy, and an empty folder that every user may
   * enter, where builds see it.
   */
  folder: string;
  shown: string;
  /** The finished tools tree in this machine's store. */
  tools: string;
  /** Arguments of `ingot build`, without output folder and mirror. */
  args: string[];
}

/**
 * Builds in one environment, from a copy of the checkout, with a store of its own and no network. Returns the
 * folder of the finished files and what the build saw. The store is removed.
 */
export async function buildVaried(options: VariedBuild): Promise<{ out: string; seen: Seen }> {
  const { environment, folder, shown, tools, args } = options;
  const own = environment.folder ?? environment.name;
  const here = join(folder, own);
  for (const name of ['checkout/node_modules', 'store/logs', 'out']) await makeFolder(join(here, name));
  await copyParts(join(folder, 'checkout'), join(here, 'checkout'));
  const at = (name: string) => join(shown, own, name);
  const log = join(folder, `${environment.name}.log`);
  const variables = {
    CHECKOUT: at('checkout'),
    STORE: at('store'),
    OUT: at('out'),
    INGOT_STORE: at('store'),
    TOOLS: tools,
    PLACE: join(at('store'), 'stages', basename(tools)),
  };
  const build = ['node', join(at('checkout'), 'scripts/ingot.mjs'), 'build', ...args, '--json', '--offline'];
  const place = ['--mirror', join(shown, 'bundle'), '--out', at('out')];
  const script = join(scripts, `${environment.script ?? environment.name}.sh`);
  const namespaces = ['--mount', '--uts', '--pid', '--fork', '--kill-child=KILL', '--mount-proc'];
  await run(
    [
      'unshare',
      ...[...namespaces, '--propagation=private'],
      ...['sh', enter, folder, shown, join(repository, 'node_modules'), script, ...build, ...place],
    ],
    { log, env: { ...(process.env as Record<string, string>), ...variables } },
  );
  const seen = {
    buildEnvironment: environmentIn(await readText(log)),
    logs: await readAll(join(here, 'store/logs')),
  };
  await removeFolder(join(here, 'store'));
  await removeFolder(join(here, 'checkout'));
  return { out: join(here, 'out'), seen };
}

/** Copies what of a checkout is needed for building. */
export async function copyParts(from: string, to: string): Promise<void> {
  await makeFolder(to);
  await run(['cp', '--archive', ...parts.map((part) => join(from, part)), to]);
}

/** The environment that the build reported among its lines of progress. */
function environmentIn(lines: string): BuildEnvironment {
  const line = lines.split('\n').find((text) => text.startsWith('{"event":"environment"'));
  if (!line) throw new IngotError('INTERNAL', 'the build did not report its environment');
  return JSON.parse(line).value as BuildEnvironment;
}

async function readAll(folder: string): Promise<string> {
  const names = await listFiles(folder);
  return (await Promise.all(names.map((name) => readText(join(folder, name))))).join('\n');
}
