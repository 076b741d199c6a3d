import { join } from 'node:path';
import { writeFiles } from '../host/fs/write-files.ts';
import { collectRoot } from '../host/root/collect-root.ts';
import type { Expected } from '../hygiene/expected.ts';
import { assertClean, judge, reportOf } from '../hygiene/judge.ts';
import { secretPattern } from '../hygiene/secrets.ts';
import type { StageContext } from './context.ts';

/**
 * Judges the finished root by every check of build/hygiene; throws with all that it finds, else leaves a
 * report.
 */
export async function hygieneStage(context: StageContext): Promise<void> {
  const { inputs, options, output, scratch, log, sourceDateEpoch } = context;
  const root = join(inputs.root!, 'root');
  const facts = await collectRoot({
    tools: inputs.tools!,
    root,
    packages: inputs.packages!,
    pattern: secretPattern,
    scratch,
    sourceDateEpoch,
    log,
  });
  const expected = options.expected as unknown as Expected;
  assertClean(judge(facts, expected));
  await writeFiles(output, { 'report.json': `${JSON.stringify(reportOf(facts, expected), null, 2)}\n` });
}
