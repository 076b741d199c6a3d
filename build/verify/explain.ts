import { runInside } from '../host/run/sandbox.ts';
import { makeScratch, type Store, withTemporary } from '../host/store/store.ts';

/**
 * Where two files differ and in what: the way into them, such as file system and path, and the lines that
 * differ.
 */
export interface Difference {
  where: string[];
  cause: string;
}

/** One node of diffoscope's JSON report, format version 1. */
interface Report {
  source1: string;
  source2: string;
  unified_diff: string | null;
  comments?: string[];
  details?: Report[];
}

const mostDifferences = 50;

/** Two files or folders, and what both are called. */
export interface Compared {
  a: string;
  b: string;
  name: string;
  tools: string;
  sourceDateEpoch: number;
}

/**
 * What makes two files differ, as diffoscope of the tools tree finds it, down to the innermost file; [] for
 * nothing.
 */
export async function explain(compared: Compared, store: Store): Promise<Difference[]> {
  const { a, b, name, tools, sourceDateEpoch } = compared;
  return withTemporary(store, async (folder) => {
    const work = await makeScratch(folder, 'diffoscope');
    const inputs = { [`/inputs/a-${name}`]: a, [`/inputs/b-${name}`]: b };
    const output = await runInside({ tools, work, inputs, sourceDateEpoch }, [
      'sh',
      '-euc',
      diffoscope,
      'sh',
      name,
    ]);
    return output ? leaves(JSON.parse(output), []).slice(0, mostDifferences) : [];
  });
}

// It ends with 1 when the files differ. Identical parts are skipped by their hash. What it cannot open it
// compares as hexadecimal text, of which the first lines say enough. Times of folders on this machine are not
// the image's.
const diffoscope = `
export TMPDIR=/scratch
diffoscope --no-progress --exclude-directory-metadata=yes --max-report-size 0 --max-diff-input-lines 100000 --max-diff-block-lines-saved 20 --json - "/inputs/a-$1" "/inputs/b-$1" || [ $? = 1 ]
`;

/** The nodes of a report that have a difference of their own and no finer ones below. */
export function leaves(report: Report, above: string[]): Difference[] {
  const where = [...above, nameOf(report.source1)];
  const below = (report.details ?? []).flatMap((detail) => leaves(detail, where));
  if (below.length) return below;
  const lines = (report.unified_diff ?? '').split('\n').filter((line) => /^[-+]/.test(line));
  const cause = [...lines.slice(0, 6), ...(report.comments ?? [])].join('\n');
  return [{ where, cause: cause || 'contents differ' }];
}

function nameOf(source: string): string {
  return source.replace(/^\/inputs\/[ab]-/, '');
}
