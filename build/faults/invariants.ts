import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checksumsSuffix, sidecars } from '../formats/attest/sidecars.ts';
import { excerpt } from '../formats/text/excerpt.ts';
import { repository } from '../host/fs/files.ts';
import { storeFolders } from '../host/store/store.ts';
import { type ErrorCode, errorCodes } from '../model/errors.ts';
import { type Ended, stepsOf } from '../testdata/ingot.ts';
import { command, type FaultStore } from './fault-store.ts';
import { entriesOf, hashOf, namesIn, otherTree } from './tree.ts';

/** What holds however a build is broken. */
export const invariants = {
  a: 'no partial file at a final path',
  b: 'the rerun gives the identical artifact',
  c: 'no leaked mount, loop device, process, temporary file or lock',
  d: 'a non-zero exit whose message names stage and remedy',
  e: 'store and inputs unharmed',
};

/**
 * How a broken build has to end: `killed` by SIGKILL, with one of these codes, or `well` in spite of the
 * fault.
 */
export type Expected = 'killed' | 'well' | { codes: ErrorCode[]; says?: RegExp; orKilled?: boolean };

/** What a place and the machine looked like before a fault. */
export interface Before {
  store: Map<string, string>;
  inputs: string;
}

export function look(place: FaultStore): Before {
  return { store: entriesOf(place), inputs: inputsOf() };
}

/** (a) What has a final name in the store or the output folder is the undisturbed build's. */
export function partialFiles(place: FaultStore, before: Before): string[] {
  const { out, store, image } = place;
  const problems: string[] = [];
  for (const name of namesIn(place.seen(out))) {
    if (name.endsWith('.tmp')) continue;
    const path = place.seen(join(out, name));
    if (name.endsWith('.iso') && hashOf(path) !== image.sha256) problems.push(`${name} is not the image`);
    if (name.endsWith('.json') && !isJson(path)) problems.push(`${name} is no JSON`);
  }
  for (const name of namesIn(place.seen(join(store, 'files'))))
    if (!before.store.has(`files/${name}`) && hashOf(place.seen(join(store, 'files', name))) !== name)
      problems.push(`files/${name} is not what its name says`);
  for (const { name, id } of place.stages)
    if (!before.store.has(`stages/${id}`)) problems.push(...otherTree(place, name, id));
  return problems;
}

/** The image, its record, and what else a build puts beside it. */
const deliveredName = new RegExp(
  `\\.iso(\\.(json|${[...Object.values(sidecars), checksumsSuffix].join('|').replaceAll('.', '\\.')}))?$`,
);

/** (c) Nothing of the build is left; a killed one may leave files, which the `next` one removes. */
export async function leaks(place: FaultStore, next: 'still to come' | 'done'): Promise<string[]> {
  // The kernel takes half a second to undo a network namespace before its last process is gone.
  for (let tries = 0; tries < 50 && processesIn(place).length; tries++) await sleep(100);
  const mounts = ['self', ...(place.enter.length ? [holderOf(place)] : [])]
    .flatMap((pid) => textOf(`/proc/${pid}/mounts`).split('\n'))
    .filter((line) => !line.includes(` ${place.folder} `));
  const loops = namesIn('/sys/block').map((name) => `/sys/block/${name}/loop/backing_file`);
  const problems = [
    ...processesIn(place).map((line) => `process ${line}`),
    ...mounts.filter((line) => line.includes(place.folder)).map((line) => `mount ${line}`),
    ...loops.filter((file) => textOf(file).includes(place.folder)).map((file) => `loop device ${file}`),
  ];
  if (next === 'still to come') return problems;
  const kept = (folder: string, allowed: RegExp) =>
    namesIn(place.seen(folder))
      .filter((name) => !allowed.test(name))
      .map((name) => `${folder}/${name}`);
  return [
    ...problems,
    ...kept(join(place.store, 'temporary'), /^$/),
    ...kept(place.store, new RegExp(`^(${storeFolders.join('|')})$`)),
    // Caches of Node's own, which outlive every program.
    ...kept(place.temporary, /^(tsx-\d+|node-compile-cache)$/),
    ...kept(place.out, deliveredName),
  ];
}

/** (d) The exit status is the error's, and it names the stage that was under way and what to do. */
export function untold(ended: Ended, expected: Expected): string[] {
  if (expected === 'killed') return ended.signal === 'SIGKILL' ? [] : [`it ended with ${ended.status}`];
  if (expected === 'well') return ended.status === 0 ? [] : [`it failed: ${excerpt(ended.stderr)}`];
  if (expected.orKilled && ended.signal === 'SIGKILL') return [];
  const line = ended.stderr.trim().split('\n').at(-1)!;
  if (!line.startsWith('{"error"'))
    return [`it ended with ${ended.status} and tells no error: ${excerpt(ended.stderr)}`];
  const { error, message, hint } = JSON.parse(line) as { error: ErrorCode; message: string; hint?: string };
  // The build itself is under way all the time; of several stages, one is the one that failed.
  const underWay = stepsOf(ended).filter(({ milliseconds }) => milliseconds === undefined);
  const stages = underWay.map(({ step }) => step).filter((step) => step !== 'build');
  const named = stages.length ? stages.map((step) => `stage ${step}`) : underWay.length ? ['delivery'] : [''];
  return [
    ...(expected.codes.includes(error) ? [] : [`the error is ${error}: ${excerpt(message)}`]),
    ...(ended.status === errorCodes[error].exit ? [] : [`the exit status is ${ended.status}`]),
    // Resolving for a lock is no stage; what it was about is in `says`.
    ...(!stages.at(-1)?.startsWith('resolve') && !named.some((name) => message.includes(name))
      ? [`the message does not name ${stages.join(' or ') || 'delivery'}: ${excerpt(message)}`]
      : []),
    ...(expected.says?.test(`${message} ${hint}`) === false ? [`it only says: ${excerpt(message)}`] : []),
    ...(hint ? [] : [`no remedy is named: ${excerpt(message)}`]),
  ];
}

/** (e) Every entry of the store from before is as it was, except those that the fault itself `harmed`. */
export function harm(place: FaultStore, before: Before, harmed: string[]): string[] {
  const now = entriesOf(place);
  // A file that was put there once more is as good, if its bytes are what its name says.
  const good = (path: string) =>
    path.startsWith('files/') &&
    now.has(path) &&
    hashOf(place.seen(join(place.store, path))) === path.slice(6);
  const changed = [...before.store]
    .filter(([path, facts]) => now.get(path) !== facts && !harmed.some((entry) => path.startsWith(entry)))
    .filter(([path]) => !good(path))
    .map(([path, facts]) => `${path} was ${facts}, is ${now.get(path) ?? 'gone'}`);
  return [...changed.slice(0, 5), ...(inputsOf() === before.inputs ? [] : ['the checkout was changed'])];
}

/** The checkout's state: contents of all tracked files, names of the others. */
function inputsOf(): string {
  const git = (args: string[]) => command(['git', '-c', `safe.directory=*`, '-C', repository, ...args]);
  return git(['status', '--porcelain', '--untracked-files=all']) + git(['diff', 'HEAD']);
}

/** Processes whose command line, working directory or root names the place, this one left out. */
function processesIn(place: FaultStore): string[] {
  const own = new Set([String(process.pid), holderOf(place)]);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && !own.has(name))
    .map((pid) => {
      const words = textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
      return `${pid} ${words} ${linkOf(`/proc/${pid}/cwd`)} ${linkOf(`/proc/${pid}/root`)}`;
    })
    .filter((line) => line.includes(place.folder));
}

/** The process that keeps the mount namespace of a small disk. */
function holderOf({ enter }: FaultStore): string {
  return enter[enter.indexOf('--target') + 1] ?? '';
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has just ended, or is none.
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function isJson(path: string): boolean {
  try {
    return typeof JSON.parse(readFileSync(path, 'utf8')) === 'object';
  } catch {
    return false;
  }
}
