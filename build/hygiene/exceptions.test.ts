import { expect, it } from 'vitest';
import { type FeatureHygiene, unionOf } from '../model/hygiene.ts';
import { foundBy, rootOf } from './fixture.ts';
import { allChecks } from './judge.ts';

const checks = allChecks({});

it('takes the keys that packages publish as examples, and no other', () => {
  const published = 'usr/share/doc/x/example.txt';
  const root = rootOf({}, { allowed: unionOf([{ publishedKeys: { [published]: 'an example' } }]) });
  const text = '-----BEGIN RSA PRIVATE KEY';
  const matches = [published, 'etc/app.pem'].map((path) => ({ path, text }));
  expect(foundBy('private-key', { ...root, matches })).toEqual(['etc/app.pem']);
  const tokens = matches.map(({ path }) => ({ path, text: 'AKIAIOSFODNN7EXAMPLE' }));
  expect(foundBy('access-token', { ...root, matches: tokens })).toEqual(['etc/app.pem']);
});

it('takes what a feature allows by its path or pattern, and no more', () => {
  const allowed = unionOf([
    { generated: { 'usr/lib/made': 'by a' }, setUid: { 'usr/bin/a': 'of a' } },
    { generated: { '^var/lib/b/.+$': 'by b' } },
  ]);
  const root = rootOf({ 'usr/lib/made': '', 'var/lib/b/c': '', 'usr/lib/made.old': '' }, { allowed });
  const files = root.entries.filter(({ kind }) => kind === 'f').map((entry) => ({ ...entry, mode: 0o4755 }));
  expect(foundBy('unowned-files', { ...root, entries: files })).toEqual(['usr/lib/made.old']);
  const programs = files.map((entry) => ({
    ...entry,
    path: entry.path.replace('usr/lib/made', 'usr/bin/a'),
  }));
  expect(foundBy('set-uid', { ...root, entries: programs })).toEqual(['var/lib/b/c', 'usr/bin/a.old']);
});

it('takes a user that a feature allows, and one of the base with its own id alone', () => {
  const allowed = unionOf([{ users: { 'games 5': 'of the base' } }, { users: { db: 'of a package' } }]);
  const passwd = 'games:x:6:60::/:/bin/false\ndb:x:990:990::/:/bin/false\nelse:x:991:991::/:/bin/false\n';
  expect(foundBy('users', rootOf({ 'etc/passwd': passwd }, { allowed }))).toHaveLength(2);
});

it('takes what base or feature keep in a cache and let use sudo, and no other', () => {
  const allowed = unionOf([{ caches: { 'var/cache/a/b': 'of a' }, sudo: { '%wheel': 'administrators' } }]);
  const sudoers = '%wheel ALL=(ALL) ALL\n%other ALL=(ALL) ALL\nroot ALL=(ALL) ALL\n';
  const root = rootOf({ 'var/cache/a/b': '', 'var/cache/a/c': '', 'etc/sudoers': sudoers }, { allowed });
  expect(foundBy('caches', root)).toEqual(['var/cache/a/c']);
  const grants = checks.find(({ name }) => name === 'sudo-grants')!;
  expect(grants.find(root).map(({ found }) => found)).toEqual(['%other ALL=(ALL) ALL']);
});

const accounts = {
  'etc/passwd': 'root:x:0:0::/:/bin/sh\ndb:x:990:991::/:/bin/sh\n',
  'etc/group': 'db:x:991:ann,db\n',
};

// An exception, the check that knows it, what it is about there, and what is left when it is made.
it.each<[string, string, FeatureHygiene, string[]]>([
  ['who joins a group', 'members', { members: { 'db db': 'of a package' } }, ['etc/group']],
  [
    'whom configuration belongs to',
    'foreign-owners',
    { owners: { 'etc/db db': 'its own' } },
    ['etc/db/other'],
  ],
  ['another account there', 'foreign-owners', { owners: { 'etc/db root': 'x' } }, ['etc/db/other', 'etc/db']],
  ['the mode of what decides', 'sensitive-modes', { modes: { 'etc/keys 0710 root:db': 'of a package' } }, []],
  ['another mode there', 'sensitive-modes', { modes: { 'etc/keys 0750 root:db': 'x' } }, ['etc/keys']],
  ['the table of cron', 'cron-jobs', { cronJobs: { 'etc/crontab': 'of cron' } }, []],
])('a feature may say %s: %s', (_what, check, allowed, left) => {
  const files = {
    ...accounts,
    'etc/db/other': '',
    'etc/keys/a': '',
    'etc/crontab': '1 * * * * root run-parts x',
  };
  const expected = { allowed: unionOf([allowed]), modes: { 'etc/keys': '0700 0:0' } };
  const root = rootOf(files, expected);
  for (const entry of root.entries) {
    if (entry.path.startsWith('etc/db')) entry.uid = 990;
    if (entry.path === 'etc/keys') Object.assign(entry, { mode: 0o710, gid: 991 });
  }
  expect(foundBy(check, root)).toEqual(left);
});
