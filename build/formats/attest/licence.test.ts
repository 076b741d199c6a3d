import { expect, it } from 'vitest';
import { licenceNamed, licenceOfCopyright, licenceRefs } from './licence.ts';

const format = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n';

function copyright(...licences: string[]): string {
  return format + licences.map((name) => `\nFiles: *\nCopyright: x\nLicense: ${name}\n`).join('');
}

it.each([
  [['Expat'], 'MIT'],
  [['GPL-2+'], 'GPL-2.0-or-later'],
  [['LGPL-2.1'], 'LGPL-2.1-only'],
  [['GPL-2.0-or-later'], 'GPL-2.0-or-later'],
  [['GFDL-NIV-1.3+'], 'GFDL-1.3-no-invariants-or-later'],
  [['BSD-3-clause'], 'BSD-3-Clause'],
  [['GPL-1+ or Artistic'], '(GPL-1.0-or-later OR Artistic-1.0-Perl)'],
  [['Expat and ISC', 'ISC'], 'ISC AND MIT'],
  [['BSD-3-clause or GPL-2', 'Expat'], '(BSD-3-Clause OR GPL-2.0-only) AND MIT'],
  [['GPL-1+ or Artistic, and Unicode'], '((GPL-1.0-or-later OR Artistic-1.0-Perl) AND LicenseRef-Unicode)'],
  [['Expat, ISC'], 'ISC AND MIT'],
  [['GPL-2+ with Libtool exception'], 'GPL-2.0-or-later WITH Libtool-exception'],
  [['GPL-2 with Linux-syscall-note exception'], 'GPL-2.0-only WITH Linux-syscall-note'],
  [['GPL-3+ with weird exception'], 'LicenseRef-GPL-3-or-later-with-weird-exception'],
  [['public-domain'], 'LicenseRef-public-domain'],
  [['GPL-9'], 'LicenseRef-GPL-9'],
  [['Expat', 'ISC', 'Expat'], 'ISC AND MIT'],
  [[''], undefined],
])('of files under %j it makes %s', (licences, expression) => {
  expect(licenceOfCopyright(copyright(...licences))).toBe(expression);
});

it('takes the whole from the header, and no licence that is only quoted', () => {
  const quoted = '\nLicense: ISC\n The text of it.\n';
  expect(licenceOfCopyright(`${format}License: Expat\n${quoted}`)).toBe('MIT');
});

it('says nothing of a file that only people can read', () => {
  expect(licenceOfCopyright('This is free software.\n\nLicense: GPL-2\n')).toBeUndefined();
  expect(licenceOfCopyright('')).toBeUndefined();
});

it.each([
  ['apache-2.0', 'Apache-2.0'],
  ['MIT', 'MIT'],
  ['MIT OR Apache-2.0', 'MIT OR Apache-2.0'],
  ['llama3.1', 'LicenseRef-llama3.1'],
  ['a\nb "c"', 'LicenseRef-a-b-c'],
  ['?', 'LicenseRef-unnamed'],
])('understands the licence of a model that is called %j', (name, expression) => {
  expect(licenceNamed(name)).toBe(expression);
});

it('finds what has to be explained, once each', () => {
  expect(licenceRefs(['MIT AND LicenseRef-b', '(LicenseRef-a OR LicenseRef-b)', 'ISC'])).toEqual([
    'LicenseRef-a',
    'LicenseRef-b',
  ]);
});
