import { dirname, resolve } from 'node:path';
import { assertMeasured, type Gate, judgeGates, parseGates, type Verdict } from '../diff/gates.ts';
import { renderHtml } from '../diff/html.ts';
import { diffImages, type ImageDiff } from '../diff/images.ts';
import { pairReports } from '../diff/measured.ts';
import { readReports } from '../diff/read-reports.ts';
import { gateLine, renderText, verdictOf } from '../diff/text.ts';
import { writeAtomic } from '../host/fs/files.ts';
import { makeFolder } from '../host/fs/folders.ts';
import type { Progress } from '../host/progress.ts';
import { hasStage } from '../host/store/store.ts';
import { readImageFacts } from '../inspect/image-facts.ts';
import { IngotError } from '../model/errors.ts';
import { readArtifact } from '../project/artifact.ts';
import { toolsTree } from '../project/tools-tree.ts';
import { buildTools, requireHost } from './_host.ts';
import type { Verb } from './_verb.ts';

export const verb: Verb = {
  name: 'diff',
  summary:
    'lists what differs between two finished images of any format, and fails if it is more than allowed',
  arguments: [
    ['<a>', 'finished file with its record beside it'],
    ['<b>', 'another, which may be of another format'],
  ],
  options: [
    {
      flags: '--fail-on <limit>',
      description:
        'fail if <b> differs from <a> by more than this: size=+5%, packages=+10, files=0, tokens=-10%',
      several: true,
    },
    { flags: '--full', description: 'show every difference, not only the first of each kind' },
    { flags: '--html <file>', description: 'write every difference to a page' },
    { flags: '--reports <folder>', description: 'where ingot test wrote its reports', default: 'out/test' },
  ],
  examples: [
    'ingot diff old/nanite-server-20260901-x86_64.iso out/nanite-server-20261001-x86_64.iso',
    'ingot diff a.iso b.iso --fail-on size=+5% --fail-on packages=+10 --fail-on tokens=-10%',
    'ingot diff a.iso b.iso --full --html diff.html',
  ],
  async run([a, b], options, progress) {
    const gates = parseGates(options.failOn ?? []);
    const diff = await diffArtifacts([a!, b!], { gates, reports: options.reports! }, progress);
    const verdicts = judgeGates(gates, diff);
    if (options.html) {
      await makeFolder(dirname(resolve(options.html)));
      await writeAtomic(resolve(options.html), renderHtml(diff, verdicts));
    }
    return {
      text: renderText(diff, verdicts, { full: options.full === true }),
      json: { ...diff, summary: verdictOf(diff), gates: verdicts },
      failure: exceeded(verdicts),
    };
  },
};

/** Opens both artifacts and compares them; the same bytes need not be opened. */
export async function diffArtifacts(
  [a, b]: [string, string],
  { gates, reports }: { gates: Gate[]; reports: string },
  progress: Progress,
): Promise<ImageDiff> {
  const records = [await readArtifact(a), await readArtifact(b)] as const;
  const measured = pairReports(
    await readReports(reports, records[0].sha256),
    await readReports(reports, records[1].sha256),
  );
  assertMeasured(gates, measured, { artifacts: [a, b], reports });
  const store = await requireHost(buildTools);
  // One set of tools for both; that of either will do.
  const made = (await hasStage(store, records[0].toolsStage)) ? records[0] : records[1];
  const tools = await toolsTree(made, { store, progress });
  const facts = async (artifact: string, record: (typeof records)[0]) => {
    const end = progress.begin('open', artifact);
    const found = await readImageFacts(artifact, record, { tools, store });
    end(`${found.files.size} files, ${found.packages.size} packages`);
    return found;
  };
  const first = await facts(a, records[0]);
  const same = records[0].sha256 === records[1].sha256;
  return diffImages(first, same ? { ...first, file: records[1].file } : await facts(b, records[1]), measured);
}

function exceeded(verdicts: Verdict[]): IngotError | undefined {
  const crossed = verdicts.filter(({ ok }) => !ok);
  if (!crossed.length) return undefined;
  return new IngotError('DIFF_EXCEEDED', crossed.map(gateLine).join('\n'), {
    hint: 'see the differences above or with --html; to allow more, change --fail-on',
  });
}
