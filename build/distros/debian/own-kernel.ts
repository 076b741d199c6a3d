import { PackageURL } from 'packageurl-js';
import type { Distro } from '../../model/distro.ts';

/** The end of the release of every kernel that Ingot builds, which the fragment `reproducible` sets. */
const suffix = '-ingot';

export const ownKernel: Distro['ownKernel'] = {
  replaces: ['linux-image-amd64'],
  needs: ['kmod', 'linux-base'],
  package(source) {
    const { version } = source.find(({ name }) => name.startsWith('linux-source-'))!;
    // 7.2.12-1~bpo13+1 is Debian's first package of 7.2.12, for another suite.
    const upstream = version.slice(0, version.lastIndexOf('-'));
    const release = `${upstream}${suffix}`;
    const named = { name: `linux-image-${release}`, version: `${version}+ingot`, architecture: 'amd64' };
    return {
      ...named,
      // The archive of Debian does not have it.
      purl: new PackageURL('deb', 'ingot', named.name, named.version, { arch: 'amd64' }).toString(),
      release,
      source: `linux (${version})`,
    };
  },
};
