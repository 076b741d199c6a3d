import { expect, it } from 'vitest';
import type { IngotError } from '../../model/errors.ts';
import type { LockedPackage } from '../../model/lock.ts';
import { lockedPackage } from '../../schema/fixture.ts';
import { builderOf, joinPackages, publicSource } from './inventory.ts';

const installed = { name: 'zstd', version: '1.0-1', architecture: 'all', source: 'libzstd (1.0-1)' };
const licences = new Map([['zstd', 'MIT']]);
const named = (locked: LockedPackage) => ({ ...locked, purl: `pkg:x/${locked.name}` });

it('adds to an installed package what the lock and its copyright know', () => {
  const { path, sha256 } = lockedPackage('zstd');
  expect(
    joinPackages([installed], [named(lockedPackage('apt', 'b')), named(lockedPackage('zstd'))], licences),
  ).toEqual([{ ...installed, path, sha256, licence: 'MIT', purl: 'pkg:x/zstd' }]);
});

it.each([
  ['another version', { ...lockedPackage('zstd'), version: '2.0-1' }],
  ['another architecture', { ...lockedPackage('zstd'), architecture: 'amd64' }],
])('refuses an installed package of which the lock has %s', (_what, locked) => {
  expect(() => joinPackages([installed], [named(locked)], licences)).toThrow(
    expect.objectContaining({
      code: 'INTERNAL',
      message: 'zstd:all 1.0-1 is installed but not in the lock',
    }) as IngotError,
  );
});

it.each([
  ['builtin:smoke', 'builtin:smoke'],
  ['/home/somebody/models/own.gguf', 'own.gguf'],
  ['https://example.org/a.gguf?download=true', 'https://example.org/a.gguf?download=true'],
  ['https://somebody:secret@example.org/a.gguf', 'https://example.org/a.gguf'],
])('tells of the source %s only %s', (source, told) => {
  expect(publicSource(source)).toBe(told);
});

it("names the distribution as the builder of its own packages, and not of the image's kernel", () => {
  expect(builderOf({ purl: 'pkg:deb/debian/zstd@1' }, 'Debian')).toBe('Debian');
  expect(builderOf({ purl: 'pkg:deb/ingot/linux-image@1' }, 'Debian')).toBe('Ingot');
});
