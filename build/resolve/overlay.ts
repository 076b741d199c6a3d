import { renderPreset, restOff } from '../formats/systemd/preset.ts';
import { assertInner } from '../formats/text/inner-path.ts';
import { renderTemplate } from '../formats/text/template.ts';
import { textEntry } from '../formats/text/tree-entry.ts';
import type { Image, ImageFeature, Tree, TreeEntry } from '../model/types.ts';
import { renderDiskFiles } from './disk-files.ts';

/** Paths that shape how packages are installed, so they must be there before any package is. */
const earlyPaths = /^etc\/(initramfs-tools|dracut\.conf\.d|dpkg)\//;

/** All features' overlays as one tree of the root file system, sorted by path. */
export function renderOverlay(image: Image): Tree {
  const files = image.features.flatMap((feature) => overlayOf(feature, image));
  const units = image.features.flatMap((feature) => feature.effect.enable ?? []);
  const masks = image.features.flatMap((feature) => feature.effect.mask ?? []);
  const generated: Tree = [
    textEntry('usr/lib/systemd/system-preset/10-ingot.preset', renderPreset(units)),
    textEntry('usr/lib/systemd/system-preset/99-ingot-rest.preset', restOff),
    ...masks.map((unit) => symlink(`etc/systemd/system/${unit}`, '/dev/null')),
  ];
  const tree = [...files, ...generated, ...renderDiskFiles(image)];
  for (const { path } of tree) assertInner(path);
  return tree.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The overlay in two parts: what must be in place before packages are installed, and the rest. */
export function splitOverlay(overlay: Tree): { early: Tree; late: Tree } {
  return {
    early: overlay.filter((entry) => earlyPaths.test(entry.path)),
    late: overlay.filter((entry) => !earlyPaths.test(entry.path)),
  };
}

function overlayOf(feature: ImageFeature, image: Image): Tree {
  const values = {
    recipe: image.recipe.name,
    summary: image.recipe.summary,
    version: image.version,
    models: image.recipe.models.map((model) => model.name),
    defaultModel: image.recipe.models[0]?.name ?? '',
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
