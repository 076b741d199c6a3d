import { allowed as debian, modes } from '../distros/debian/hygiene/allowed.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import { expectedOf } from '../hygiene/expected.ts';
import { unionOf } from '../model/hygiene.ts';
import type { Compression, Format } from '../model/target.ts';
import type { Image, ImageFeature, Manifest, RecordedFeature, Stage, StageType } from '../model/types.ts';
import { firmwareOf } from './disk-checks.ts';
import { renderOverlay, splitOverlay } from './overlay.ts';
import { type StageCode, stage, toolsStages } from './stage.ts';
import { cloudOptions, convertOptions, diskOptions, isoOptions } from './stage-options.ts';

/** The image as a list of stages in order. Pure: the same image and code give the same ids. */
export function resolveManifest(image: Image, code: StageCode): Manifest {
  const { lock, recipe, target, arch, version } = image;
  const { sourceDateEpoch } = lock;
  const suite = recipe.base;
  const first = toolsStages({ suite, tools: lock.tools, sourceDateEpoch }, code);
  const stages: Stage[] = [...first.stages];
  const add = (type: StageType, label: string, inputs: Stage['inputs'], options: object): string => {
    stages.push(stage(type, label, inputs, { sourceDateEpoch, ...options }, code));
    return stages.at(-1)!.id;
  };

  const files = renderOverlay(image);
  const overlay = splitOverlay(files);
  const { tools } = first;
  const fetched = add('fetch', 'image', {}, { packages: lock.packages });
  const repo = add('repo', 'image', { tools, files: fetched }, { suite });
  const packages = add(
    'packages',
    'image',
    { tools, repo },
    {
      suite,
      packages: lock.packages,
      overlay: overlay.early,
    },
  );
  const root = add('root', 'image', { tools, packages }, { overlay: overlay.late });
  // What makes an image stands on this one as well, so that a root that fails it becomes none; its disk may be made meanwhile.
  const exceptions = { allowed: unionOf([debian, ...image.features.map((one) => one.hygiene)]), modes };
  const expected = expectedOf({ overlay: files, suite, sourceDateEpoch, ...exceptions });
  const hygiene = add('hygiene', 'image', { tools, packages, root }, { expected });
  const inventory = add('inventory', 'image', { root }, { suite, packages: lock.packages });
  const models = add('models', 'image', { tools }, { models: lock.models });
  const made = { tools, root, models };
  const artifact =
    target.backend === 'live-build'
      ? add('iso', target.name, { ...made, hygiene }, isoOptions(image))
      : convert();

  function convert(): string {
    const disk = add('disk', target.platform, made, diskOptions(image));
    const as = (format: Format, compression: Compression) =>
      convertOptions(image, files, { format, compression });
    const inputs: Stage['inputs'] = { tools, disk, models, hygiene };
    // An OVA holds the very VMDK of that target: making it takes longest.
    if (target.format === 'ova') inputs.vmdk = add('convert', 'vmdk', { ...inputs }, as('vmdk', 'deflate'));
    return add('convert', target.name, inputs, as(target.format, target.compression));
  }

  const file = `${recipe.name}-${version}-${arch}.${target.extension}`;
  const manifest = sha256({ output: file, last: artifact });
  add(
    'attest',
    target.name,
    { artifact, inventory, models },
    {
      file,
      manifest,
      recipe: recipe.name,
      target: target.name,
      base: suite,
      version,
      packages: lock.packages,
      tools: lock.tools,
      models: lock.models,
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
        firmware: firmwareOf(recipe, target),
        controllers: target.controllers,
        features: image.features.map(recorded),
        models: lock.models,
        machine: recipe.machine,
        smoke: recipe.smoke,
        toolsStage: tools,
        modelsStage: models,
      },
    },
  };
}

function recorded({ name, options, effect, hygiene, everyStart }: ImageFeature): RecordedFeature {
  const listeners = Object.keys(hygiene.listeners ?? {});
  return { name, options, values: effect.values ?? {}, listeners, everyStart };
}
