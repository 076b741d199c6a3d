import type { Canonicalise, Identity } from '../disk/disk-image.ts';
import type { Inventory } from './inventory.ts';

/** Test input: what is in an image of two packages, a model and a kernel with three options. */
export function sampleInventory(): Inventory {
  return {
    ingot: '1.2.3',
    sourceDateEpoch: 1767323045,
    distribution: 'Debian',
    copyright: 'usr/share/doc/*/copyright',
    artifact: {
      file: 'small-20260102-x86_64.iso',
      name: 'small',
      version: '20260102',
      sha256: '1'.repeat(64),
    },
    packages: [
      {
        name: 'libstdc++6',
        version: '16-1',
        architecture: 'amd64',
        maintainer: 'Debian GCC Maintainers <gcc@example.org>',
        source: 'gcc-16 (16-1)',
        purl: 'pkg:deb/debian/libstdc%2B%2B6@16-1?arch=amd64&distro=forky',
        sha256: 'a'.repeat(64),
        path: 'pool/main/g/gcc-16/libstdc++6_16-1_amd64.deb',
      },
      {
        name: 'zstd',
        version: '1.5-1',
        architecture: 'amd64',
        maintainer: 'Packaging Team <team@example.org>',
        source: 'libzstd (1.5-1)',
        homepage: 'https://example.org/zstd',
        purl: 'pkg:deb/debian/zstd@1.5-1?arch=amd64&distro=forky',
        sha256: 'b'.repeat(64),
        path: 'pool/main/libz/libzstd/zstd_1.5-1_amd64.deb',
        licence: '(BSD-3-Clause OR GPL-2.0-only) AND LicenseRef-own',
      },
    ],
    models: [
      {
        name: 'smoke',
        source: 'https://example.org/smoke.gguf',
        revision: '0123abc',
        size: 10,
        sha256: 'e'.repeat(64),
        architecture: 'llama',
        parameters: 38027776,
        quantisation: 'Q8_0',
        contextLength: 2048,
        licence: 'MIT',
      },
    ],
    kernel: {
      release: '7.2-amd64',
      package: 'zstd',
      config: {
        path: '/boot/config-7.2-amd64',
        sha1: 'c'.repeat(40),
        sha256: 'd'.repeat(64),
        options: [
          ['CONFIG_64BIT', 'y'],
          ['CONFIG_LOCALVERSION', '""'],
          ['CONFIG_ZRAM', 'm'],
        ],
      },
    },
  };
}

/** Test input: an image in memory, and what it is after its patches. */
export function canonical(bytes: Buffer, canonicalise: Canonicalise, identity: Identity): Buffer {
  const patched = Buffer.from(bytes);
  const read = (offset: number, length: number) => Buffer.from(bytes.subarray(offset, offset + length));
  for (const patch of canonicalise({ size: bytes.length, read }, identity))
    patch.bytes.copy(patched, patch.offset);
  return patched;
}

export const sampleIdentity: Identity = { sha256: 'c'.repeat(64), sourceDateEpoch: 1767323045 };
