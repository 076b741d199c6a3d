import { expect, it } from 'vitest';
import { parseInstalled, parseListing } from './installed.ts';

const zstd =
  'zstd\t1.5-1\tamd64\tinstalled\tPackaging Team <team@example.org>\tlibzstd (1.5-1)\thttps://example.org/zstd';
const threecpio = '3cpio\t0.14.0-1+b1\tamd64\tinstalled\t\trust-threecpio (0.14.0-1)\t';
const removed = 'gone\t1\tall\tconfig-files\t\tgone (1)\t';

it('reads what is installed, sorted, whatever the order', () => {
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
  expect(parseInstalled(`${[zstd, removed, threecpio].join('\n')}\n`)).toEqual(found);
  expect(parseInstalled(`${[threecpio, zstd, removed].join('\n')}\n`)).toEqual(found);
  expect(parseInstalled('')).toEqual([]);
});

it('keeps the two architectures of one package apart', () => {
  const foreign = zstd.replace('amd64', 'i386');
  const found = parseInstalled([foreign, zstd].join('\n')).map(({ architecture }) => architecture);
  expect(found).toEqual(['amd64', 'i386']);
});

it('tells the state of what is not installed whole', () => {
  expect(parseListing(removed)).toMatchObject([{ name: 'gone', state: 'config-files' }]);
});
