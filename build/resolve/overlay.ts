import { findDistro } from '../distros/find.ts';
import { renderPreset, restOff } from '../formats/systemd/preset.ts';
import { assertInner } from '../formats/text/inner-path.ts';
import { renderTemplate } from '../formats/text/template.ts';
import { textEntry } from '../formats/text/tree-entry.ts';
import type { Image, ImageFeature } from '../model/image.ts';
import { servedModels } from '../model/served.ts';
import type { Tree, TreeEntry } from '../model/types.ts';
import { renderDiskFiles } from './disk-files.ts';
import type { DraftWithVersion } from './draft.ts';

/**
 * All features' overlays as the tree of the root file system, sorted by path, in two parts: what must be in
 * place before packages are installed, and the rest.
 */
export function renderOverlay(image: DraftWithVersion): Image['overlay'] {
  const tree = treeOf(image);
  const { earlyPaths } = findDistro(image.distro);
  const early = image.features.flatMap((feature) => feature.early);
  const isEarly = ({ path }: { path: string }) => earlyPaths.test(path) || early.includes(path);
  return { early: tree.filter(isEarly), late: tree.filter((entry) => !isEarly(entry)) };
}

/** Both parts of an overlay. */
export function wholeOverlay({ overlay }: Pick<Image, 'overlay'>): Tree {
  return [...overlay.early, ...overlay.late].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function treeOf(image: DraftWithVersion): Tree {
  const files = image.features.flatMap((feature) => overlayOf(feature, image));
  const units = image.features.flatMap((feature) => feature.effect.enable ?? []);
  const masks = image.features.flatMap((feature) => feature.effect.mask ?? []);
  const links = image.features.flatMap((feature) => Object.entries(feature.effect.links ?? {}));
  const generated: Tree = [
    textEntry('usr/lib/systemd/system-preset/10-ingot.preset', renderPreset(units)),
    textEntry('usr/lib/systemd/system-preset/99-ingot-rest.preset', restOff),
    ...masks.map((unit) => symlink(`etc/systemd/system/${unit}`, '/dev/null')),
    ...links.map(([path, to]) => symlink(path, to)),
  ];
  const tree = [...files, ...generated, ...renderDiskFiles(image)];
  for (const { path } of tree) assertInner(path);
  return tree.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function overlayOf(feature: ImageFeature, image: DraftWithVersion): Tree {
  const [defaultModel] = servedModels(image.recipe.models);
  const values = {
    recipe: image.recipe.name,
    summary: image.recipe.summary,
    version: image.version,
    defaultModel: defaultModel?.name ?? '',
    defaultModelPath: defaultModel?.path ?? '',
    // Another feature's values by its name: `features.inference.port`.
    features: Object.fromEntries(image.features.map(({ name, effect }) => [name, effect.values ?? {}])),
    ...feature.effect.values,
  };
  return feature.overlay.map((file): TreeEntry => {
    const { path, mode, uid, gid, content } = file;
    if (file.kind === 'symlink') return { path, mode: 0o777, uid, gid, kind: 'symlink', to: content };
    const placed = file.template
      ? renderTemplate(content, values, `overlays/${feature.name}/${path}.hbs`)
      : content;
    return { path, mode, uid, gid, kind: 'file', content: placed };
  });
}

function symlink(path: string, to: string): TreeEntry {
  return { path, mode: 0o777, uid: 0, gid: 0, kind: 'symlink', to };
}
