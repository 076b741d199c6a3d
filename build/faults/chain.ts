import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { How, Started } from '../testdata/ingot.ts';
import { durationOf, settle, strike, type Verdict } from './case.ts';
import type { Expected } from './invariants.ts';
import { type Place, stageFolder, startBuild } from './place.ts';
import { oneOf } from './random.ts';

/** What is copied to the output folder when every stage is there: no stage, but it can be broken like one. */
const delivery = 'build';

/** A fault that strikes a running build; it returns how the build has to end now. */
export interface Blow {
  kind: string;
  name: string;
  how?: How & { env?: Record<string, string> };
  hit(build: Started): Expected;
  mend?(): void;
}

/** SIGINT comes to Ingot alone from another program, and to the whole process group from a terminal's Ctrl-C. */
const signals = ['SIGKILL', 'SIGTERM', 'SIGINT', 'Ctrl-C'] as const;

export function signalBlow(random: () => number): Blow {
  const name = oneOf(signals, random);
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
 * One build, broken at a random moment in every step that is still to do, and then left to finish: the identical
 * image, for these cases and those `before`. Each run goes on where the one before was broken. Returns how often it was.
 */
export async function breakEveryStep(options: {
  place: Place;
  blow: () => Blow;
  random: () => number;
  before?: Verdict[];
}): Promise<number> {
  const { place, blow, random, before = [] } = options;
  const verdicts = [...before];
  for (const step of [...place.stages.map(({ name }) => name), delivery])
    if (step === delivery || !existsSync(place.seen(stageFolder(place, step))))
      verdicts.push(await breakStep(place, step, blow(), random));
  await settle(verdicts);
  return verdicts.length - before.length;
}

/** Strikes while the step is under way, or a little later where it was quicker than known. */
async function breakStep(place: Place, step: string, blow: Blow, random: () => number): Promise<Verdict> {
  return strike({
    kind: blow.kind,
    name: `${blow.name} in ${step === delivery ? 'delivery' : step}`,
    place,
    mend: blow.mend,
    async fault() {
      // A build that ended before it was struck was not broken, and is tried again.
      for (let part = random(); part > 0.001; part /= 2) {
        const build = startBuild(place, blow.how);
        await build.begins(step);
        await sleep(part * durationOf(step));
        const expected = build.child.exitCode === null ? blow.hit(build) : 'well';
        const ended = await build.ended;
        if (ended.status !== 0) return { ended, expected };
        undo(place, step);
        blow.mend?.();
      }
      throw new Error(`${step} is too quick for ${blow.name}`);
    },
  });
}

/** Takes the results of the step and of all after it away, so that they are made once more. */
function undo(place: Place, step: string): void {
  const names = place.stages.map(({ name }) => name);
  const later = step === delivery ? [] : names.slice(names.indexOf(step));
  for (const path of [place.out, ...later.map((name) => stageFolder(place, name))])
    rmSync(place.seen(path), { recursive: true, force: true });
}
