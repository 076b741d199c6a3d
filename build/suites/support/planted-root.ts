import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownChecks } from '../../distros/checks.ts';
import { withScratchFolder } from '../../host/fs/scratch.ts';
import { readFacts } from '../../host/root/collect-root.ts';
import { rootPrograms, searchScript, surveyScript } from '../../host/root/programs.ts';
import { runInside } from '../../host/run/sandbox.ts';
import { openStore } from '../../host/store/store.ts';
import type { Expected } from '../../hygiene/expected.ts';
import { judge } from '../../hygiene/judge.ts';
import { secretPattern } from '../../hygiene/secrets.ts';
import { readImage } from '../../project/inputs.ts';
import { readStageCode } from '../../project/stage-code.ts';
import { resolveManifest } from '../../resolve/manifest.ts';
import { distroPrograms, ownedScript, verifyScript } from './distro-programs.ts';
import { buildDefaultImage } from './images.ts';

const clampTimes = readFileSync(new URL('../../stages/clamp-times.sh', import.meta.url), 'utf8');

/** The default image's root as the stage `hygiene` gets it, to plant violations in. */
export interface PlantedRoot {
  tools: string;
  root: string;
  expected: Expected;
  /** Paths of small files that Debian's own checks read. */
  texts: string;
  sourceDateEpoch: number;
}

export async function openPlantedRoot(): Promise<PlantedRoot> {
  const { lock } = await buildDefaultImage();
  const store = await openStore();
  const image = await readImage('nanite-server', 'iso', { lock: lock[1] });
  const { stages } = resolveManifest(image, await readStageCode());
  const stage = stages.find(({ type }) => type === 'hygiene')!;
  return {
    tools: store.stage(stage.inputs.tools!),
    root: join(store.stage(stage.inputs.root!), 'root'),
    expected: stage.options.expected as unknown as Expected,
    texts: String(stage.options.texts),
    sourceDateEpoch: image.lock.sourceDateEpoch,
  };
}

/**
 * What the checks find when a script has changed the root: in a layer over it, so that the store's tree stays
 * as it is. Times are clamped as the stage root does, but where they are what is planted. Comparing all
 * checksums and searching all texts take longer than all the rest, so they are done where they matter.
 */
export async function judgeChanged(planted: PlantedRoot, script: string, check: string) {
  const { tools, root, expected, texts, sourceDateEpoch } = planted;
  return withScratchFolder('hygiene', async (folder) => {
    const steps = [
      'mkdir upper layer root',
      'mount -t overlay -o lowerdir=/inputs/root,upperdir=/scratch/upper,workdir=/scratch/layer root /scratch/root',
      `(cd root; ${script})`,
      check === 'later-times' ? ':' : clampTimes.replace('"$1"', 'root'),
      'set -- /scratch/root "$1" "$2"',
      /altered-files/.test(check) ? verifyScript : ': > /scratch/altered',
      ownedScript,
      /private-key|access-token/.test(check) ? searchScript : ': > /scratch/matches',
      surveyScript,
    ];
    const sandbox = {
      tools,
      work: folder,
      inputs: { '/inputs/root': root, ...rootPrograms, ...distroPrograms },
      sourceDateEpoch,
    };
    await runInside(sandbox, ['sh', '-euc', steps.join('\n'), 'plant', secretPattern, texts]);
    return judge(await readFacts(folder), expected, ownChecks.debian);
  });
}
