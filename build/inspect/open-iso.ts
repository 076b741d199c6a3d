import { allBackends } from '../backends/find.ts';
import { parseIsoExtents } from '../formats/disk/iso-extents.ts';
import { IngotError } from '../model/errors.ts';
import type { Area, OpenImage, Workplace } from './open-image.ts';

/** A live medium: root and models are files on it, and are read where they lie. */
export async function openIso({ inside }: Workplace): Promise<OpenImage> {
  const report = 'xorriso -indev stdio:/inputs/artifact -find / -type f -exec report_lba -- 2>/dev/null';
  const extents = parseIsoExtents(await inside(['sh', '-euc', report]));
  const layouts = allBackends.flatMap(({ inside: paths }) => paths ?? []);
  const { root, models } = layouts.find((paths) => extents.has(paths.root)) ?? layouts[0]!;
  const area = (path: string): Area => {
    const found = extents.get(path);
    if (!found) throw new IngotError('INPUT_INVALID', `the image has no ${path}`);
    return { file: '/inputs/artifact', offset: found.start, size: found.size };
  };
  const others = [...extents.keys()].filter((path) => path !== root && path !== models);
  return {
    root: area(root),
    models: area(models),
    parts: [...extents]
      .filter(([path]) => /^\/(live|models)\/|\.img$/.test(path))
      .map(([name, { size }]) => ({ name, type: 'file', size })),
    async extractBoot(to) {
      const pairs = others.flatMap((path) => ['-extract', path, `${to}${path}`]);
      await inside(['xorriso', '-osirrox', 'on', '-indev', 'stdio:/inputs/artifact', ...pairs]);
    },
  };
}
