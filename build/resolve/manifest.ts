import { findDistro } from '../distros/find.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import type { Image, ImageFeature } from '../model/image.ts';
import { partName } from '../model/parts.ts';
import type { Compression, Format } from '../model/target.ts';
import type { Manifest, RecordedFeature, Stage, StageType } from '../model/types.ts';
import { kernelPackageStages } from './kernel-stages.ts';
import { kernelMaterials, namedPackages } from './packages.ts';
import { rootStages } from './root-stages.ts';
import { type StageCode, stage, toolsStages } from './stage.ts';
import { cloudOptions, convertOptions, installerOptions } from './stage-options.ts';
import { backendOf } from './tree.ts';

/** The image as a list of stages in order. Pure: the same image and code give the same ids. */
export function resolveManifest(image: Image, code: StageCode): Manifest {
  const { lock, recipe, target, arch, version, distro } = image;
  const { sourceDateEpoch } = lock;
  const { base } = recipe;
  const { kernel, title, copyright } = findDistro(distro);
  const backend = backendOf(image);
  const { listInstalled } = code.distros[distro];
  const first = toolsStages({ base, tools: lock.tools, sourceDateEpoch }, code);
  const stages: Stage[] = [...first.stages];
  const add = (type: StageType, label: string, inputs: Stage['inputs'], options: object): string => {
    stages.push(stage(type, label, inputs, { sourceDateEpoch, ...options }, code));
    return stages.at(-1)!.id;
  };

  const { tools } = first;
  const own = image.kernel && kernelPackageStages(image.kernel, code);
  stages.push(...(own?.stages ?? []));
  const kernelInput: Stage['inputs'] = own ? { kernel: own.kernel } : {};
  const made = rootStages(image, { tools, ...kernelInput, label: 'image', code, add });
  const { root, hygiene } = made;
  const installed = namedPackages(lock.packages, { distro, base });
  const inventory = add(
    'inventory',
    'image',
    { tools, root, ...kernelInput },
    { packages: installed, listInstalled, kernel, copyright },
  );
  // A model that cannot be served is refused before anything is made of it.
  const servable = lock.models.flatMap((model, index) => {
    const part = partName(model.name);
    if (part && part.number > 1) return [];
    const further = part ? { further: lock.models.slice(index + 1, index + part.count) } : {};
    const options = { model, ...further, ...wantedOf(image, index) };
    return [[`servable ${model.name}`, add('servable', model.name, { tools }, options)]];
  });
  const models = add('models', 'image', { tools, ...Object.fromEntries(servable) }, { models: lock.models });
  const artifact =
    backend.medium === 'iso'
      ? add(
          'iso',
          target.name,
          { tools, root, models, hygiene, ...installer() },
          { ...backend.options(image), make: code.backends[backend.name] },
        )
      : convert();

  /** What a medium needs to install the recipe's disk; a root that fails hygiene is not put on it. */
  function installer(): Stage['inputs'] {
    const { installed: disk } = image;
    if (!disk) return {};
    const installing = rootStages(disk, { tools, ...kernelInput, label: 'disk', code, add });
    const inputs = { tools, root, disk: installing.root, hygiene: installing.hygiene };
    return { installer: add('installer', target.name, inputs, installerOptions(disk, kernel)) };
  }

  function convert(): string {
    const disk = add('disk', target.platform, { tools, root, models }, { ...backend.options(image), kernel });
    const as = (format: Format, compression: Compression) => convertOptions(image, { format, compression });
    const inputs: Stage['inputs'] = { tools, disk, models, hygiene };
    // An OVA holds the very VMDK of that target: making it takes longest.
    if (target.format === 'ova') inputs.vmdk = add('convert', 'vmdk', { ...inputs }, as('vmdk', 'deflate'));
    return add('convert', target.name, inputs, as(target.format, target.compression));
  }

  const name = image.tag ? `${recipe.name}-${image.tag}` : recipe.name;
  const file = `${name}-${version}-${arch}.${target.extension}`;
  const manifest = sha256({ output: file, last: artifact });
  add(
    'attest',
    target.name,
    { artifact, inventory, models, ...kernelInput },
    {
      file,
      manifest,
      recipe: recipe.name,
      target: target.name,
      base,
      version,
      distribution: title,
      copyright,
      packages: installed,
      tools: namedPackages(lock.tools, { distro, base }),
      models: lock.models,
      ...(image.kernel ? { kernel: kernelMaterials(image.kernel) } : {}),
      ...cloudOptions(image),
    },
  );
  return {
    id: manifest,
    stages,
    output: {
      fileName: file,
      record: {
        schema: 3,
        file,
        manifest,
        recipe: recipe.name,
        base: recipe.base,
        target: target.name,
        version,
        arch,
        platform: target.platform,
        format: target.format,
        compression: target.compression,
        firmware: image.firmware,
        controllers: target.controllers,
        features: image.features.map(recorded),
        commandLine: image.commandLine,
        ...(own ? { kernel: { release: own.product.release, lines: image.kernel!.lines } } : {}),
        models: lock.models,
        machine: recipe.machine,
        smoke: recipe.smoke,
        toolsStage: tools,
        modelsStage: models,
      },
    },
  };
}

/** What a model must be able to do: the first what a feature serves, the others what the recipe says. */
function wantedOf({ features, lock: { models } }: Image, index: number): object {
  const feature = features.find(({ effect }) => effect.needsModel);
  const { name, role } = models[index]!;
  if (feature && !index) {
    const by = `feature ${feature.name}, which serves the first model,`;
    return { wanted: { role: role ?? feature.effect.needsModel, by } };
  }
  if (!feature && !role) return {};
  return { wanted: { role: role ?? 'chat', by: `model ${name} of the recipe` } };
}

function recorded({ name, options, effect, hygiene, everyStart }: ImageFeature): RecordedFeature {
  const listeners = Object.keys(hygiene.listeners ?? {});
  const { values = {}, metadata } = effect;
  return { name, options, values, listeners, everyStart, ...(metadata ? { metadata } : {}) };
}
