import { basename, join } from 'node:path';
import { type BootEntry, mayHaveBootEntries, parseBootEntries } from '../formats/boot/boot-entries.ts';
import { packageKey } from '../formats/packages/installed.ts';
import { unitStates } from '../formats/systemd/unit-states.ts';
import { readWithin } from '../host/fs/read-within.ts';
import { rootPrograms } from '../host/root/programs.ts';
import { readContents, type SurveyedEntry } from '../host/root/survey-tree.ts';
import type { Store } from '../host/store/store.ts';
import type { ArtifactRecord } from '../model/types.ts';
import { extractRoot } from './extract-root.ts';
import { contentsOf, hashModels } from './image-contents.ts';
import { type ImagePart, withOpenImage } from './open-image.ts';

/** Everything that two images are compared by, as it is in the image itself. */
export interface ImageFacts {
  file: string;
  sha256: string;
  /** In bytes. */
  size: number;
  parts: ImagePart[];
  /** Version by name and architecture. */
  packages: Map<string, string>;
  /** What starts each enabled unit, or `masked`. */
  units: Map<string, string>;
  kernel: Map<string, string>;
  bootEntries: BootEntry[];
  /** SHA-256 by name. */
  models: Map<string, string>;
  /** By path; files that a boot loader reads are below `boot:`. */
  files: Map<string, SurveyedEntry>;
}

/** Opens an artifact and reads its facts. Its files are hashed as they are read, and nothing is kept. */
export async function readImageFacts(
  artifact: string,
  { sha256, size }: Pick<ArtifactRecord, 'sha256' | 'size'>,
  context: { tools: string; store: Store },
): Promise<ImageFacts> {
  return withOpenImage(artifact, context, async (image, place) => {
    const { inside, work } = place;
    const root = await extractRoot(image, place);
    await image.extractBoot('/scratch/boot');
    const survey = async (tree: string) => {
      const script = 'python3 /inputs/survey.py "$1" contents > "$1.survey"';
      await inside(['sh', '-euc', script, 'sh', `/scratch/${tree}`], rootPrograms);
      return readContents(join(work, `${tree}.survey`));
    };
    const [files, boot] = [await survey('root'), await survey('boot')];
    const { packages, kernel, models } = await contentsOf(root, await hashModels(image, place), place);
    const entriesIn = async (tree: string, entries: SurveyedEntry[], prefix: string) => {
      const wanted = entries.filter(({ path, kind }) => kind === 'f' && mayHaveBootEntries(path));
      const read = wanted.map(async ({ path }) =>
        parseBootEntries(prefix + path, (await readWithin(`${work}/${tree}`, path))!),
      );
      return (await Promise.all(read)).flat();
    };
    const inRoot = files.filter(({ path }) => path.startsWith('boot/'));
    return {
      file: basename(artifact),
      sha256,
      size,
      parts: image.parts,
      packages: new Map(packages.map((p) => [packageKey(p), p.version])),
      units: unitStates(files.filter(({ kind }) => kind === 'l')),
      kernel: new Map(kernel?.options),
      bootEntries: [...(await entriesIn('boot', boot, 'boot:')), ...(await entriesIn('root', inRoot, ''))],
      models,
      files: new Map([
        ...files.map((entry) => [entry.path, entry] as const),
        ...boot.map((entry) => [`boot:${entry.path}`, entry] as const),
      ]),
    };
  });
}
