import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../host/fs/files.ts';
import { ownerAlive, ownName } from '../host/fs/owner.ts';
import { openStore } from '../host/store/store.ts';
import { makeFaultStore, prepare } from './fault-store.ts';

const results = join(repository, 'out/faults');

/**
 * Before the first test of a run: the seed, the undisturbed image, and the place where all builds are broken.
 * A run of several processes names a file in INGOT_FAULT_CASES, where each adds its cases to those of the
 * others.
 */
export async function setup(): Promise<() => void> {
  process.env.INGOT_FAULT_SEED ??= String(Math.floor(Math.random() * 2 ** 31));
  console.log(`seed of this run: INGOT_FAULT_SEED=${process.env.INGOT_FAULT_SEED}`);
  mkdirSync(results, { recursive: true });
  if (!process.env.INGOT_FAULT_CASES) {
    process.env.INGOT_FAULT_CASES = join(results, 'cases.jsonl');
    writeFileSync(process.env.INGOT_FAULT_CASES, '');
  }
  process.env.INGOT_FAULT_STORE = join(results, 'place.json');
  const store = (await openStore()).folder;
  for (const name of readdirSync(store)) {
    const owner = /^faults-(.*)$/.exec(name)?.[1];
    // What a killed run left.
    if (owner && !(await ownerAlive(store, name, owner)))
      rmSync(join(store, name), { recursive: true, maxRetries: 10 });
  }
  const folder = join(store, `faults-${ownName()}`);
  mkdirSync(folder);
  const place = await makeFaultStore(folder);
  writeFileSync(process.env.INGOT_FAULT_STORE, JSON.stringify(place));
  prepare(place);
  return () => {
    rmSync(folder, { recursive: true, force: true });
    summarise();
  };
}

/**
 * Counts the cases by kind into `out/faults.json`, which the documentation's table is made from, and prints
 * them.
 */
function summarise(): void {
  const cases = process.env.INGOT_FAULT_CASES!;
  // No test may have come as far as a case.
  const lines = (existsSync(cases) ? readFileSync(cases, 'utf8') : '').trim().split('\n').filter(Boolean);
  const kinds: { [kind: string]: { cases: number; held: number; of: number; seconds: number } } = {};
  for (const line of lines) {
    const { kind, problems, seconds } = JSON.parse(line) as {
      kind: string;
      problems: { [invariant: string]: string[] };
      seconds: number;
    };
    kinds[kind] ??= { cases: 0, held: 0, of: 0, seconds: 0 };
    const row = kinds[kind];
    row.cases += 1;
    row.of += Object.keys(problems).length;
    row.held += Object.values(problems).filter((found) => !found.length).length;
    row.seconds = Math.round((row.seconds + seconds) * 10) / 10;
  }
  const seed = Number(process.env.INGOT_FAULT_SEED);
  const seconds = Object.values(kinds).reduce((sum, row) => sum + row.seconds, 0);
  const summary = { seed, bounded: process.env.INGOT_FAULTS === 'some', seconds: Math.round(seconds), kinds };
  writeFileSync(join(repository, 'out/faults.json'), `${JSON.stringify(summary, null, 2)}\n`);
  console.table(kinds);
}
