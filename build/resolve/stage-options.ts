import { definitionPath, partitionUuid } from '../formats/disk/partition.ts';
import { sha256 } from '../formats/text/canonical-json.ts';
import type { KernelPaths } from '../model/distro.ts';
import type { Image } from '../model/image.ts';
import type { Compression, Format } from '../model/target.ts';
import type { TreeEntry } from '../model/types.ts';
import { definitions } from './disk-files.ts';
import { valueIn } from './feature-values.ts';
import { wholeOverlay } from './overlay.ts';
import { backendOf } from './tree.ts';

/**
 * What writes a VMDK: `parallel` is Ingot's own program, which takes less than half the time of `qemu-img`.
 */
const vmdkWriter: 'parallel' | 'qemu-img' = 'parallel';

/** Of the stage `convert`. */
export function convertOptions(image: Image, form: { format: Format; compression: Compression }): object {
  const { recipe, lock } = image;
  // What the disk is made of: where a format wants a random id, it is derived from this.
  const hashes = (items: { sha256: string }[]) => items.map((item) => item.sha256);
  const disk = backendOf(image).options(image);
  const parts = hashes([...lock.packages, ...lock.models]);
  const kernel = image.kernel ? { kernel: image.kernel } : {};
  const content = { disk, overlay: wholeOverlay(image), parts, ...kernel };
  // Only an OVA describes the machine around its disk.
  const { cpus, memoryMiB } = recipe.machine;
  const hardware = { cpus, memoryMiB, firmware: image.firmware[0]! };
  const machine = form.format === 'ova' ? { name: recipe.name, hardware } : {};
  const writer = ['vmdk', 'ova'].includes(form.format) ? { writer: vmdkWriter } : {};
  return { ...form, identity: sha256(content), ...writer, ...machine };
}

/**
 * Of the stage `installer`: what boots the disk, and what the installer has to know of it. Each partition has
 * its definition, by which systemd-repart makes it.
 */
export function installerOptions(disk: Image, kernel: KernelPaths): object {
  const { recipe, version, firmware, features } = disk;
  const { partitions } = disk.disk!;
  const texts = new Map(definitions(recipe.name, disk.disk!).map((entry) => [entry.path, entry]));
  return {
    ...backendOf(disk).options(disk),
    kernel,
    image: {
      name: recipe.name,
      version,
      summary: recipe.summary,
      firmware,
      user: valueIn(features, 'console', 'user') ?? null,
      port: valueIn(features, 'inference', 'port') ?? null,
      models: disk.lock.models.map(({ name, sha256 }) => ({ name, sha256 })),
      minimum: recipe.hardware?.minimum ?? {},
      partitions: partitions.map((partition, index) => {
        const path = definitionPath(index, partition);
        const { role, name, mount = null, fileSystem = null, sizeMiB = null } = partition;
        const { content } = texts.get(path) as TreeEntry & { kind: 'file' };
        const uuid = partitionUuid(recipe.name, partition);
        return { role, name, mount, fileSystem, sizeMiB, uuid, definition: content };
      }),
    },
  };
}

/** Of the stage `attest`: what the template and the upload script of a cloud are made of. */
export function cloudOptions({ recipe, target, arch, features, firmware, disk }: Image): object {
  const metadata = features.find(({ effect }) => effect.metadata)?.effect.metadata;
  if (!metadata) return {};
  const { platform } = target;
  const virtualSize = disk!.sizeMiB * 2 ** 20;
  const port = valueIn(features, 'inference', 'port');
  return {
    cloud: {
      ...{ platform, arch, virtualSize, memoryMiB: recipe.machine.memoryMiB, firmware },
      ...{ user: metadata.user, port },
    },
  };
}
