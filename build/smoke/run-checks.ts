import { join } from 'node:path';
import { exists, readText, repository, writeAtomic } from '../host/fs/files.ts';
import { run } from '../host/run/command.ts';
import type { SmokeReport } from '../vm/report.ts';
import type { Session } from '../vm/session.ts';
import { parseVitest } from './vitest-results.ts';

/** What checks said and measured. */
export type Checked = Pick<SmokeReport, 'checks' | 'figures'>;

/** Runs the check files of these names, as far as there are any, against the running machine. */
export async function runChecks(session: Session, names: string[]): Promise<Checked> {
  const file = join(session.folder, 'session.json');
  const results = join(session.folder, 'vitest.json');
  await writeAtomic(file, JSON.stringify(session));
  // Of an earlier run on the same machine, whose verdicts are none of this one's.
  await writeAtomic(results, '');
  const files: string[] = [];
  for (const name of names.map((n) => `qemu-tests/${n}.test.ts`))
    if (await exists(join(repository, name))) files.push(name);
  const env = { ...(process.env as Record<string, string>), INGOT_SESSION: file };
  const vitest = [
    'node',
    join(repository, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    'qemu-tests/vitest.config.ts',
  ];
  await run([...vitest, '--reporter=json', `--outputFile=${results}`, ...files], {
    cwd: repository,
    env,
    log: join(session.folder, 'vitest.log'),
  }).catch(async (error) => {
    // A failed check makes vitest end with 1; only a run without results is a failure of the tool itself.
    if (!(await readText(results))) throw error;
  });
  return parseVitest(await readText(results), files);
}
