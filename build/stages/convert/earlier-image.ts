import { basename, join } from 'node:path';
import { exists, readJson } from '../../host/fs/files.ts';
import { writeFiles } from '../../host/fs/write-files.ts';
import { stagesByUse } from '../../host/store/store.ts';
import type { StageContext } from '../context.ts';
import { imageName, writtenInto } from '../stage-output.ts';
import type { DiskPart } from './whole-disk.ts';

/** An image of an earlier build and the disk it was made of, by their paths in a sandbox that sees these folders. */
export interface EarlierImage {
  /** The image's path outside of it. */
  file: string;
  image: string;
  parts: DiskPart[];
  inputs: Record<string, string>;
}

/** What an image was made by, and of: ids of stages, and files in them. */
interface Origin {
  writer: string;
  disk: string;
  models: string;
  parts: DiskPart[];
}

const originName = 'origin.json';

export async function writeOrigin({ inputs, output }: StageContext, writer: string, parts: DiskPart[]) {
  const origin = { writer, disk: basename(inputs.disk!), models: basename(inputs.models!), parts };
  await writeFiles(output, { [originName]: JSON.stringify(origin) });
}

/**
 * The image that the same writer made and that was used last, where the store has its disk as well: what the next one
 * has in common with it need not be compressed again. One that somebody has written into is passed over.
 */
export async function findEarlier(
  { store, sourceDateEpoch }: StageContext,
  writer: string,
): Promise<EarlierImage | undefined> {
  for (const folder of await stagesByUse(store)) {
    const origin = await readJson<Origin>(join(folder, originName)).catch(() => undefined);
    if (origin?.writer !== writer) continue;
    const [disk, models] = [store.stage(origin.disk), store.stage(origin.models)];
    if (!(await exists(disk)) || !(await exists(models)) || (await writtenInto(folder, sourceDateEpoch)))
      continue;
    const at = '/inputs/earlier';
    return {
      file: join(folder, imageName),
      image: `${at}/image/${imageName}`,
      parts: origin.parts.map((part) => ({ ...part, path: part.path.replace('/inputs', at) })),
      inputs: { [`${at}/image`]: folder, [`${at}/disk`]: disk, [`${at}/models`]: models },
    };
  }
}
