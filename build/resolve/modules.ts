import { type Module, renderModule } from '../formats/systemd/module-unit.ts';
import { parseYaml } from '../formats/text/yaml.ts';
import { IngotError } from '../model/errors.ts';
import type { OverlayFile } from '../model/image.ts';
import { moduleSchema } from '../schema/modules.ts';
import { validate } from '../schema/validate.ts';

const manifests = /^usr\/share\/ingot\/modules\/([^/]+)\.yaml$/;

/** What starts each module whose manifest an overlay has, and the ports that they take. */
export function modulesOf(overlay: OverlayFile[]): { files: OverlayFile[]; ports: string[] } {
  const modules = overlay.flatMap((file) => {
    const [, name] = manifests.exec(file.path) ?? [];
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
    const { path, content } = renderModule(module);
    return { path, content, mode: 0o644, uid: 0, gid: 0, kind: 'file', template: false };
  });
  return { files, ports: [...taken].map(([host, name]) => `tcp ${host} ${name}`) };
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
