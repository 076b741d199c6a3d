import { join } from 'node:path';
import { ownChecks } from '../distros/checks.ts';
import { writeFiles } from '../host/fs/write-files.ts';
import { collectRoot } from '../host/root/collect-root.ts';
import type { Expected } from '../hygiene/expected.ts';
import { assertClean, judge, reportOf } from '../hygiene/judge.ts';
import { secretPattern } from '../hygiene/secrets.ts';
import type { DistroName, Program } from '../model/distro.ts';
import type { StageContext } from './context.ts';
import { placeProgram } from './program.ts';

/**
 * Judges the finished root by every check of build/hygiene and by its distribution's own; throws with all
 * that it finds, else leaves a report.
 */
export async function hygieneStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, log, sourceDateEpoch } = context;
  const root = join(inputs.root!, 'root');
  const facts = await collectRoot({
    tools: inputs.tools!,
    root,
    packages: inputs.packages!,
    packageFacts: await placeProgram(options.packageFacts as unknown as Program, scratch),
    pattern: secretPattern,
    texts: String(options.texts),
    scratch,
    sourceDateEpoch,
    log,
  });
  const expected = options.expected as unknown as Expected;
  const own = ownChecks[options.distro as DistroName];
  assertClean(judge(facts, expected, own));
  await writeFiles(output, { 'report.json': `${JSON.stringify(reportOf(facts, expected, own), null, 2)}\n` });
}
