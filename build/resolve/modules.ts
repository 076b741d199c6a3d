import { type Module, renderModule } from '../formats/systemd/module-unit.ts';
import { parseYaml } from '../formats/text/yaml.ts';
import { IngotError } from '../model/errors.ts';
import type { OverlayFile } from '../model/image.ts';
import { moduleSchema } from '../schema/modules.ts';
import { validate } from '../schema/validate.ts';
import type { Drawers } from './draft.ts';

const manifests = /^usr\/share\/ingot\/modules\/([^/]+)\.yaml$/;

/** Units of what a module may need, by name: other modules, and features that serve others. */
export interface Services {
  [name: string]: string;
}

/** What starts each module whose manifest an overlay has, and the ports that they take. */
export function modulesOf(
  overlay: OverlayFile[],
  services: Services,
): { files: OverlayFile[]; ports: string[] } {
  const modules = overlay.flatMap((file) => {
    const name = moduleNameOf(file);
    return name ? [readManifest(file, name)] : [];
  });
  const taken = new Map<number, string>();
  for (const { name, ports = [] } of modules)
    for (const { host } of ports) {
      const before = taken.get(host);
      if (before) throw wrong(name, `takes port ${host}, which module ${before} has`, 'give it another port');
      taken.set(host, name);
    }
  const files = modules.map((module): OverlayFile => {
    const { path, content } = renderModule(module, wantedBy(module, services));
    return { path, content, mode: 0o644, uid: 0, gid: 0, kind: 'file', template: false };
  });
  return { files, ports: [...taken].map(([host, name]) => `tcp ${host} ${name}`) };
}

/** Units of what modules may need. */
export function servicesOf(drawers: Pick<Drawers, 'feature' | 'overlay'>[]): Services {
  const named = drawers.flatMap(({ feature: { definition }, overlay }) => [
    [definition.name, definition.service],
    ...overlay.flatMap((file) => moduleNameOf(file) ?? []).map((name) => [name, `${name}.service`]),
  ]);
  return Object.fromEntries(named.filter(([, unit]) => unit));
}

/** Name of the module whose manifest a file is. */
export function moduleNameOf({ path }: { path: string }): string | undefined {
  return manifests.exec(path)?.[1];
}

function wantedBy({ name, needs = [] }: Module, services: Services): string[] {
  return needs.map((need) => {
    const unit = services[need];
    if (unit) return unit;
    const hint = `modules and features that serve others are ${Object.keys(services).sort().join(', ')}`;
    throw wrong(
      name,
      `needs ${need}, which is no module of the image and no feature of the recipe that serves others`,
      hint,
    );
  });
}

function readManifest({ path, content }: OverlayFile, name: string): Module {
  const module = validate<Module>(moduleSchema, parseYaml(content, path), `module ${name}`, 'RECIPE_INVALID');
  if (module.name !== name)
    throw wrong(name, `has the name ${module.name} in its file`, 'write its name there');
  const { kind, source, needs = [] } = module;
  if ((kind === 'container') !== (source.type === 'image'))
    throw wrong(
      name,
      `is a ${kind}, and its source is of type ${source.type}`,
      'containers are made of images',
    );
  if (source.type === 'image' && !source.version && !source.digest)
    throw wrong(name, 'has an image without version or digest', 'name the version that its makers publish');
  if (needs.includes(name)) throw wrong(name, 'needs itself', 'leave that out');
  return module;
}

function wrong(name: string, what: string, hint: string): IngotError {
  return new IngotError('RECIPE_INVALID', `module ${name} ${what}`, { hint });
}
