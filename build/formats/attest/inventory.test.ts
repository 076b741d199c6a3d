import { expect, it } from 'vitest';
import type { IngotError } from '../../model/errors.ts';
import { lockedPackage } from '../../schema/fixture.ts';
import { debianPurl, joinPackages, publicSource } from './inventory.ts';

const installed = { name: 'zstd', version: '1.0-1', architecture: 'all', source: 'libzstd (1.0-1)' };
const facts = { suite: 'forky', licences: new Map([['zstd', 'MIT']]) };

it('adds to an installed package what the lock and its copyright know', () => {
  const { path, sha256 } = lockedPackage('zstd');
  expect(joinPackages([installed], [lockedPackage('apt', 'b'), lockedPackage('zstd')], facts)).toEqual([
    { ...installed, path, sha256, licence: 'MIT', purl: 'pkg:deb/debian/zstd@1.0-1?arch=all&distro=forky' },
  ]);
});

it.each([
  ['another version', { ...lockedPackage('zstd'), version: '2.0-1' }],
  ['another architecture', { ...lockedPackage('zstd'), architecture: 'amd64' }],
])('refuses an installed package of which the lock has %s', (_what, locked) => {
  expect(() => joinPackages([installed], [locked], facts)).toThrow(
    expect.objectContaining({
      code: 'INTERNAL',
      message: 'zstd:all 1.0-1 is installed but not in the lock',
    }) as IngotError,
  );
});

it('names a version with an epoch', () => {
  const git = { name: 'git', version: '1:2.51~rc1-1', architecture: 'amd64' };
  expect(debianPurl(git, 'forky')).toBe('pkg:deb/debian/git@1:2.51~rc1-1?arch=amd64&distro=forky');
});

it.each([
  ['builtin:smoke', 'builtin:smoke'],
  ['/home/somebody/models/own.gguf', 'own.gguf'],
  ['https://example.org/a.gguf?download=true', 'https://example.org/a.gguf?download=true'],
  ['https://somebody:secret@example.org/a.gguf', 'https://example.org/a.gguf'],
])('tells of the source %s only %s', (source, told) => {
  expect(publicSource(source)).toBe(told);
});
