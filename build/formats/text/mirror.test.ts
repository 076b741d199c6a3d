import { expect, it } from 'vitest';
import { hostMeant, isDated, parseMirror, snapshotOf, snapshotTimestamp, splitMirrors } from './mirror.ts';

const moment = '20261030T080801Z';
const parsed = (place: string) => parseMirror({ place, givenBy: 'MIRROR' }, moment);

it.each([
  ['http://mirror.example/debian', { url: 'http://mirror.example/debian' }],
  ['https://mirror.example/debian/', { url: 'https://mirror.example/debian' }],
  ['https://snapshot.example/{timestamp}/', { url: `https://snapshot.example/${moment}` }],
  ['/srv/bundle/', { folder: '/srv/bundle' }],
  ['bundle with space', { folder: 'bundle with space' }],
  ['file:///srv/b%20c', { folder: '/srv/b c' }],
  ['file:/srv/b', { folder: '/srv/b' }],
  ['/', { folder: '/' }],
  ['HTTP://mirror.example/debian', { url: 'HTTP://mirror.example/debian' }],
  ['/srv/a:b', { folder: '/srv/a:b' }],
  ['mirror.example:8080/debian', { folder: 'mirror.example:8080/debian' }],
])('%s', (text, expected) => {
  expect(parsed(text)).toEqual(expected);
});

it.each([
  ['file:///srv/100%', 'mirror file:///srv/100% (MIRROR) is not a file URL: a % must be'],
  [
    'ftp://m.example/debian',
    'mirror ftp://m.example/debian (MIRROR) has the scheme ftp, which is not fetched',
  ],
  ['rsync://m.example/d', 'mirror rsync://m.example/d (MIRROR) has the scheme rsync'],
  ['copy:/srv/x', 'mirror copy:/srv/x (MIRROR) has the scheme copy'],
  ['http:///debian', 'mirror http:///debian (MIRROR) is not a URL'],
  ['http:/m.example/debian', 'mirror http:/m.example/debian (MIRROR) is not a URL'],
  ['https://m.example/a b', 'mirror https://m.example/a b (MIRROR) is not a URL'],
  ['http://me:secret@m example', 'mirror http://me:…@m example (MIRROR) is not a URL'],
])('refuses %s by what named it, without a password', (text, message) => {
  expect(() => parsed(text)).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) }),
  );
});

it.each<[string | undefined, string[]]>([
  [undefined, []],
  ['  ', []],
  ['http://a.example/debian  https://b.example', ['http://a.example/debian', 'https://b.example']],
  ['/media/my stick/mirror', ['/media/my stick/mirror']],
  [
    '/media/my stick/a b\nhttp://c.example /srv/d ./e f',
    ['/media/my stick/a b', 'http://c.example', '/srv/d', './e f'],
  ],
  ['file:///srv/a%20b ftp://c.example', ['file:///srv/a%20b', 'ftp://c.example']],
])('parts the mirrors of a variable: %j', (text, expected) => {
  expect(splitMirrors(text)).toEqual(expected);
});

it.each([
  ['deb.example.org/debian', 'http://deb.example.org/debian'],
  ['localhost:8080/debian', 'http://localhost:8080/debian'],
  ['mirror', undefined],
  ['/srv/deb.example.org', undefined],
  ['../mirror', undefined],
])('a folder that may have been meant as a host: %s', (folder, meant) => {
  expect(hostMeant(folder)).toBe(meant);
});

it('knows a dated mirror by its placeholder', () => {
  expect(['https://s.example/{timestamp}', 'https://s.example/timestamp'].map(isDated)).toEqual([
    true,
    false,
  ]);
});

it('writes moments as snapshot services do, and asks for one that has all of a Release', () => {
  const seconds = Date.UTC(2026, 9, 30, 8, 8, 1) / 1000;
  expect(snapshotTimestamp(seconds)).toBe(moment);
  expect(snapshotOf(seconds)).toBe('20261030T200801Z');
});
