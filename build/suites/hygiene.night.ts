import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { clampTimes } from '../distros/debian/mmdebstrap.ts';
import { mapLimited } from '../host/fs/files.ts';
import { withScratchFolder } from '../host/fs/scratch.ts';
import { verify } from '../host/root/altered-files.ts';
import { readFacts, search, survey } from '../host/root/collect-root.ts';
import { runInside } from '../host/run/sandbox.ts';
import { openStore, type Store } from '../host/store/store.ts';
import type { Expected } from '../hygiene/expected.ts';
import { assertClean, checks, judge } from '../hygiene/judge.ts';
import { secretPattern } from '../hygiene/secrets.ts';
import { readImage } from '../project/inputs.ts';
import { readStageCode } from '../project/stage-code.ts';
import { resolveManifest } from '../resolve/manifest.ts';
import { buildDefaultImage } from './support/default-image.ts';
import { plants } from './support/hygiene-plants.ts';

let store: Store;
let [tools, root] = ['', ''];
let expected: Expected;
let sourceDateEpoch = 0;
const caught = new Map<string, ReturnType<typeof judge>>();

beforeAll(async () => {
  const { lock } = await buildDefaultImage();
  store = await openStore();
  const image = await readImage('nanite-server', 'iso', { lock: lock[1] });
  const { stages } = resolveManifest(image, await readStageCode());
  const stage = stages.find(({ type }) => type === 'hygiene')!;
  expected = stage.options.expected as unknown as Expected;
  sourceDateEpoch = image.lock.sourceDateEpoch;
  tools = store.stage(stage.inputs.tools!);
  root = join(store.stage(stage.inputs.root!), 'root');
  await mapLimited(plants, 2, async ([check, script]) =>
    caught.set(check, await judgeChanged(script, check)),
  );
});

test('every check has a planted violation', () => {
  expect(plants.map(([check]) => check).sort()).toEqual(checks.map(({ name }) => name).sort());
  expect(checks.length).toBeGreaterThanOrEqual(45);
});

test('the root as it is holds nothing that no image may', async () => {
  expect(() => assertClean([])).not.toThrow();
  expect(await judgeChanged(':', 'altered-files private-key')).toEqual([]);
});

test.each(plants)('%s: %s', (check, _script, ...also) => {
  const findings = caught.get(check)!;
  expect(findings.map((finding) => finding.check.name).sort()).toEqual([check, ...also].sort());
});

test('the error names every violation, its check and what to do', () => {
  const findings = ['authorized-keys', 'set-uid'].flatMap((check) => caught.get(check)!);
  expect(() => assertClean(findings)).toThrow(
    expect.objectContaining({
      code: 'HYGIENE',
      message: expect.stringMatching(
        /4 in all.*authorized-keys \(AWS\): no key.*\/root\/\.ssh\/authorized_keys: file of 4 bytes.*\/usr\/bin\/find: 4755 0:0/s,
      ),
    }),
  );
});

/**
 * What the checks find when a script has changed the root: in a layer over it, so that the store's tree stays as it
 * is. Times are clamped as the stage root does, but where they are what is planted. Comparing all checksums and
 * searching all texts take longer than all the rest, so they are done where they matter.
 */
async function judgeChanged(script: string, check: string) {
  return withScratchFolder('hygiene', async (folder) => {
    const steps = [
      'mkdir upper layer root',
      'mount -t overlay -o lowerdir=/inputs/root,upperdir=/scratch/upper,workdir=/scratch/layer root /scratch/root',
      `(cd root; ${script})`,
      check === 'later-times' ? ':' : clampTimes.replace('"$1"', 'root'),
      'set -- /scratch/root "$1"',
      /altered-files/.test(check) ? verify : ': > /scratch/altered',
      /private-key|access-token/.test(check) ? search : ': > /scratch/matches',
      survey,
    ];
    const sandbox = { tools, work: folder, inputs: { '/inputs/root': root }, sourceDateEpoch };
    await runInside(sandbox, ['sh', '-euc', steps.join('\n'), 'plant', secretPattern]);
    return judge(await readFacts(folder), expected);
  });
}
