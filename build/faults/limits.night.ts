import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { assertFault, assertInvariants, injectFault, type Verdict } from './case.ts';
import { breakEveryStep, type Fault } from './chain.ts';
import { command, prepare, sharedStore, startBuild } from './fault-store.ts';
import type { Expected } from './invariants.ts';
import { limitMemory } from './memory-limit.ts';
import { bounded, randomOf } from './random.ts';

const place = sharedStore();
const random = randomOf('limits');
const names = place.stages.map(({ name }) => name);

test('a limit of 64 open files is refused before anything is loaded', async () => {
  prepare(place);
  await assertFault({
    kind: 'too few open files',
    name: 'from the beginning',
    place,
    async fault() {
      const ended = await startBuild(place, { prefix: ['prlimit', '--nofile=64'] }).ended;
      return { ended, expected: { codes: ['LIMIT_REACHED'], says: /only 64 open files.*ulimit -n/ } };
    },
  });
});

const kind = 'too little memory';

/**
 * No further file can be opened, also when one that is being read has been closed: a new one gets the lowest
 * free number, so the limit is the lowest that is free or a file's. What a tool opens is its own, and it may
 * do with less.
 */
const fewFiles: Fault = {
  kind: 'too few open files',
  name: 'no further file',
  hit({ child }) {
    const open = join('/proc', String(child.pid), 'fd');
    const kept = readdirSync(open).filter((number) => !isFile(join(open, number)));
    let limit = 0;
    while (kept.includes(String(limit))) limit++;
    command(['prlimit', '--pid', String(child.pid), `--nofile=${limit}`]);
    return { codes: ['LIMIT_REACHED', 'COMMAND_FAILED'], says: /open files|ulimit -n|log is/ };
  },
};

/** Also one that has just been closed. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
}

test('a build with too little memory, and then too few open files in every stage, ends identical', async () => {
  prepare(place, bounded ? 'root image' : names[0]);
  const name = 'compressing in 240 MiB';
  const hungry = await injectFault({ kind, name, place, fault: () => starved(240, false) });
  await breakEveryStep({ place, fault: () => fewFiles, random, before: [hungry] });
});

// So little that Ingot itself may be what is killed, and then it can say nothing.
test('a build with too little memory fails until it has enough', async () => {
  prepare(place, bounded ? undefined : names[0]);
  const verdicts: Verdict[] = [];
  for (let round = 1; round <= (bounded ? 1 : 10); round++) {
    const mebibytes = Math.round(60 + 100 * random());
    const fault = () => starved(mebibytes, true);
    verdicts.push(await injectFault({ kind, name: `${mebibytes} MiB`, place, fault }));
  }
  await assertInvariants(verdicts);
});

async function starved(mebibytes: number, orKilled: boolean) {
  const limit = limitMemory(mebibytes);
  try {
    const ended = await startBuild(place, { prefix: limit.prefix }).ended;
    const told: Expected = { codes: ['LIMIT_REACHED'], says: /memory/, orKilled };
    return { ended, expected: orKilled && ended.status === 0 ? ('well' as const) : told };
  } finally {
    await limit.close();
  }
}
