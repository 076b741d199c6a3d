import { quadlets } from '../formats/systemd/module-quadlet.ts';
import { type Module, service, type UnitFile } from '../formats/systemd/module-unit.ts';
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
  const files = modules.flatMap((module) =>
    unitsOf(module, wantedBy(module, services)).map(
      ({ path, content }): OverlayFile => ({
        path,
        content,
        mode: 0o644,
        uid: 0,
        gid: 0,
        kind: 'file',
        template: false,
      }),
    ),
  );
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

/** Nothing is fetched when a module is started, and none starts by itself: what manages modules does both. */
function unitsOf(module: Module, wanted: string[]): UnitFile[] {
  if (module.kind === 'container') return quadlets(module, wanted);
  return [{ path: `usr/lib/systemd/system/${module.name}.service`, content: service(module, wanted) }];
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
  const { kind, parts = [], needs = [] } = module;
  if (kind !== 'container' && parts.length)
    throw wrong(name, `is a ${kind} and has parts`, 'parts are containers, and their module is one as well');
  for (const { source, name: part } of [module, ...parts]) {
    const what = part === name ? name : `${name}: ${part}`;
    if ((kind === 'container') !== (source.type === 'image'))
      throw wrong(
        what,
        `is a ${kind}, and its source is of type ${source.type}`,
        'containers are made of images',
      );
    if (source.type === 'image' && !source.version && !source.digest)
      throw wrong(what, 'has an image without version or digest', 'name the version that its makers publish');
  }
  const names = parts.map((part) => part.name);
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice) throw wrong(name, `has two parts of the name ${twice}`, 'give one of them another name');
  if (needs.includes(name)) throw wrong(name, 'needs itself', 'leave that out');
  return module;
}

function wrong(name: string, what: string, hint: string): IngotError {
  return new IngotError('RECIPE_INVALID', `module ${name} ${what}`, { hint });
}
