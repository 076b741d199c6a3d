import { expect, it } from 'vitest';
import { lockedPackage } from '../../schema/fixture.ts';
import { renderPreferences } from './apt-preferences.ts';

it('pins every package to its version, above what is installed, in stanzas apart', () => {
  const packages = [lockedPackage('apt'), { ...lockedPackage('zstd'), version: '2:1.5.7+dfsg-1~deb' }];
  expect(renderPreferences(packages)).toBe(`Package: apt
Pin: version 1.0-1
Pin-Priority: 1001

Package: zstd
Pin: version 2:1.5.7+dfsg-1~deb
Pin-Priority: 1001
`);
});
