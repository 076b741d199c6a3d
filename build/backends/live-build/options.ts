import type { Image } from '../../model/image.ts';

/** What Ingot tells live-build, and what it overrides when it feeds the tree a finished root. */
export function liveBuildOptions(image: Image): {
  config: [option: string, value: string][];
  override: string[];
  outputFile: string;
} {
  const { recipe, version, arch } = image;
  const name = `${recipe.name}-${version}-${arch}`;
  return {
    config: [
      ['mode', 'debian'],
      ['distribution', recipe.base],
      ['architecture', 'amd64'],
      ['archive-areas', image.components.join(' ')],
      ['apt-recommends', 'false'],
      // The lock decides the versions, so a Release that is past its date is no obstacle.
      ['apt-options', '--yes -o Acquire::Retries=5 -o Acquire::Check-Valid-Until=false'],
      ['debootstrap-options', '--variant=minbase'],
      ['apt-source-archives', 'false'],
      ['security', 'false'],
      ['updates', 'false'],
      ['firmware-chroot', 'false'],
      ['firmware-binary', 'false'],
      ['debian-installer', 'none'],
      ['memtest', 'none'],
      ['win32-loader', 'false'],
      ['source', 'false'],
      ['zsync', 'false'],
      ['binary-image', 'iso-hybrid'],
      ['bootloaders', 'grub-pc,grub-efi'],
      ['uefi-secure-boot', 'auto'],
      ['bootappend-live', image.commandLine.join(' ')],
      ['bootappend-live-failsafe', 'none'],
      ['chroot-filesystem', 'squashfs'],
      ['chroot-squashfs-compression-type', image.target.compression],
      ['chroot-squashfs-compression-level', '9'],
      ['checksums', 'sha256'],
      ['utc-time', 'true'],
      ['image-name', name],
      ['iso-volume', volumeLabel(recipe.name, version)],
      ['iso-application', `${recipe.name} ${version}`],
      ['iso-publisher', 'Ingot'],
      ['iso-preparer', 'Ingot'],
    ],
    // The boot loaders and xorriso of the tools tree are used, so nothing is installed into the root and
    // removed.
    override: ['--build-with-chroot', 'false', '--cache-packages', 'false'],
    outputFile: `${name}-amd64.hybrid.iso`,
  };
}

/** At most 32 characters of A-Z, 0-9 and `_`: what ISO 9660 allows in a volume label. */
function volumeLabel(recipe: string, version: string): string {
  const plain = recipe.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  return `${plain.slice(0, 32 - version.length - 1)}_${version}`;
}
