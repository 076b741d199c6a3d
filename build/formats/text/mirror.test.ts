import { expect, it } from 'vitest';
import { isDated, parseMirror, snapshotOf, snapshotTimestamp } from './mirror.ts';

const moment = '20261030T080801Z';

it.each([
  ['http://mirror.example/debian', { url: 'http://mirror.example/debian' }],
  ['https://mirror.example/debian/', { url: 'https://mirror.example/debian' }],
  ['https://snapshot.example/{timestamp}/', { url: `https://snapshot.example/${moment}` }],
  ['/srv/bundle/', { folder: '/srv/bundle' }],
  ['bundle with space', { folder: 'bundle with space' }],
  ['file:///srv/b%20c', { folder: '/srv/b c' }],
  ['file:/srv/b', { folder: '/srv/b' }],
  ['/', { folder: '/' }],
])('%s', (text, expected) => {
  expect(parseMirror(text, moment)).toEqual(expected);
});

it('refuses a file URL that cannot be decoded', () => {
  expect(() => parseMirror('file:///srv/100%', moment)).toThrow(expect.objectContaining({ code: 'USAGE' }));
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
