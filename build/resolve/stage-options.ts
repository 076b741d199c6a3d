import { liveBuildOptions } from '../backends/live-build/options.ts';
import { sha256, uuidFrom } from '../formats/text/canonical-json.ts';
import type { Compression, Format } from '../model/target.ts';
import type { Image, Tree } from '../model/types.ts';
import { firmwareOf } from './disk-checks.ts';
import { commandLine } from './disk-files.ts';
import { renderTree } from './tree.ts';

/** Of the stage `iso`. */
export function isoOptions(image: Image): object {
  const { override, outputFile } = liveBuildOptions(image);
  return { tree: mediumPart(renderTree(image)), config: override, image: outputFile };
}

/** Of the stage `disk`. */
export function diskOptions(image: Image): object {
  const { recipe, target, version } = image;
  return {
    tree: renderTree(image),
    sizeMiB: recipe.disk.sizeMiB,
    seed: uuidFrom(sha256(['disk', recipe.name, version])),
    entry: { title: `${recipe.name} ${version}`, token: recipe.name, commandLine: commandLine(image) },
    tries: recipe.boot.tries,
    uki: image.features.some(({ name }) => name === 'uki'),
    // GRUB finds its menu on the root; 0 where no BIOS starts the disk.
    grubRoot: firmwareOf(recipe, target).includes('bios') ? recipe.disk.partitions.length : 0,
  };
}

/** What writes a VMDK: `parallel` is Ingot's own program, which takes less than half the time of `qemu-img`. */
const vmdkWriter: 'parallel' | 'qemu-img' = 'parallel';

/** Of the stage `convert`; `overlay` is all that features lay over the root. */
export function convertOptions(
  image: Image,
  overlay: Tree,
  form: { format: Format; compression: Compression },
): object {
  const { recipe, lock } = image;
  // What the disk is made of: where a format wants a random id, it is derived from this.
  const hashes = (items: { sha256: string }[]) => items.map((item) => item.sha256);
  const content = { disk: diskOptions(image), overlay, parts: hashes([...lock.packages, ...lock.models]) };
  // Only an OVA describes the machine around its disk.
  const { cpus, memoryMiB } = recipe.machine;
  const hardware = { cpus, memoryMiB, firmware: firmwareOf(recipe, image.target)[0]! };
  const machine = form.format === 'ova' ? { name: recipe.name, hardware } : {};
  const writer = ['vmdk', 'ova'].includes(form.format) ? { writer: vmdkWriter } : {};
  return { ...form, identity: sha256(content), ...writer, ...machine };
}

/** Of the stage `attest`: what the template and the upload script of a cloud are made of. */
export function cloudOptions({ recipe, target, arch, features }: Image): object {
  const valueIn = (feature: string, value: string) =>
    features.find(({ name }) => name === feature)?.effect.values?.[value];
  const user = valueIn('cloud-init', 'user');
  if (user === undefined) return {};
  const { platform } = target;
  const firmware = firmwareOf(recipe, target);
  const virtualSize = recipe.disk.sizeMiB * 2 ** 20;
  const port = valueIn('inference', 'port');
  return {
    cloud: { platform, arch, virtualSize, memoryMiB: recipe.machine.memoryMiB, firmware, user, port },
  };
}

/** The overlay and the package lists are in the finished root already; what makes the medium is what is left. */
function mediumPart(tree: Tree): Tree {
  return tree.filter((entry) => !/^config\/(includes\.chroot|package-lists|archives)/.test(entry.path));
}
