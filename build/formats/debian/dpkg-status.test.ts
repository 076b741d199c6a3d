import { expect, it } from 'vitest';
import { parseDpkgStatus } from './dpkg-status.ts';

const zstd = `Package: zstd
Status: install ok installed
Maintainer: Packaging Team <team@example.org>
Architecture: amd64
Source: libzstd
Version: 1.5-1
Homepage: https://example.org/zstd
Description: fast lossless compression
 Version: 9
 .
 Package: not-one
`;
const threecpio = `Package: 3cpio
Status: install ok installed
Architecture: amd64
Source: rust-threecpio (0.14.0-1)
Version: 0.14.0-1+b1
`;
const removed = `Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1
`;

it('reads what is installed, sorted, whatever the order and what descriptions say', () => {
  const found = [
    { name: '3cpio', version: '0.14.0-1+b1', architecture: 'amd64', source: 'rust-threecpio (0.14.0-1)' },
    {
      name: 'zstd',
      version: '1.5-1',
      architecture: 'amd64',
      maintainer: 'Packaging Team <team@example.org>',
      source: 'libzstd (1.5-1)',
      homepage: 'https://example.org/zstd',
    },
  ];
  expect(parseDpkgStatus([zstd, removed, threecpio].join('\n'))).toEqual(found);
  expect(parseDpkgStatus([threecpio, zstd, removed].join('\n'))).toEqual(found);
  expect(parseDpkgStatus('')).toEqual([]);
});

it('keeps the two architectures of one package apart', () => {
  const foreign = zstd.replace('amd64', 'i386');
  const keys = parseDpkgStatus([foreign, zstd].join('\n')).map(({ architecture }) => architecture);
  expect(keys).toEqual(['amd64', 'i386']);
});
