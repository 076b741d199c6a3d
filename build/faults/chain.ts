import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { How, Started } from '../testdata/ingot.ts';
import { assertInvariants, durationOf, injectFault, type Verdict } from './case.ts';
import { type FaultStore, stageFolder, startBuild } from './fault-store.ts';
import type { Expected } from './invariants.ts';
import { oneOf } from './random.ts';

/** What is copied to the output folder when every stage is there: no stage, but it can be broken like one. */
const delivery = 'build';

/** A fault that is injected into a running build; `hit` returns how the build must end now. */
export interface Fault {
  kind: string;
  name: string;
  how?: How & { env?: Record<string, string> };
  hit(build: Started): Expected;
  undo?(): void;
}

/**
 * SIGINT comes to Ingot alone from another program, and to the whole process group from a terminal's Ctrl-C.
 */
const signals = ['SIGKILL', 'SIGTERM', 'SIGINT', 'Ctrl-C'] as const;

export function signalFault(random: () => number, name = oneOf(signals, random)): Fault {
  return {
    kind: `${name} at a random moment`,
    name,
    how: { group: name === 'Ctrl-C' },
    hit({ child }) {
      if (name === 'Ctrl-C') process.kill(-child.pid!, 'SIGINT');
      else child.kill(name);
      return name === 'SIGKILL' ? 'killed' : { codes: ['INTERRUPTED'], says: /stopped by SIG(TERM|INT)/ };
    },
  };
}

/**
 * One build, broken at a random moment in every step that is still to do, and then left to finish: the
 * identical image, for these cases and those `before`. Each run goes on where the one before was broken.
 * Returns how often it was.
 */
export async function breakEveryStep(options: {
  place: FaultStore;
  fault: () => Fault;
  random: () => number;
  before?: Verdict[];
}): Promise<number> {
  const { place, fault, random, before = [] } = options;
  const verdicts = [...before];
  for (const step of [...place.stages.map(({ name }) => name), delivery])
    if (step === delivery || !existsSync(place.seen(stageFolder(place, step))))
      verdicts.push(await breakStep(place, step, fault(), random));
  await assertInvariants(verdicts);
  return verdicts.length - before.length;
}

/** Injects it while the step is under way, or a little later where it was quicker than known. */
export async function breakStep(
  place: FaultStore,
  step: string,
  fault: Fault,
  random: () => number,
): Promise<Verdict> {
  return injectFault({
    kind: fault.kind,
    name: `${fault.name} in ${step === delivery ? 'delivery' : step}`,
    place,
    undo: fault.undo,
    async fault() {
      // A build that ended before the fault was not broken: it is tried again.
      for (let part = random(); part > 0.001; part /= 2) {
        const build = startBuild(place, fault.how);
        await build.begins(step);
        await sleep(part * durationOf(step));
        const expected = build.child.exitCode === null ? fault.hit(build) : 'well';
        const ended = await build.ended;
        if (ended.status !== 0) return { ended, expected };
        removeResults(place, step);
        fault.undo?.();
      }
      throw new Error(`${step} is too quick for ${fault.name}`);
    },
  });
}

/** Removes the results of the step and of all later ones, so that the next build repeats them. */
function removeResults(place: FaultStore, step: string): void {
  const names = place.stages.map(({ name }) => name);
  const later = step === delivery ? [] : names.slice(names.indexOf(step));
  for (const path of [place.out, ...later.map((name) => stageFolder(place, name))])
    rmSync(place.seen(path), { recursive: true, force: true });
}
