import { expect, it } from 'vitest';
import { rootOf } from '../../../hygiene/fixture.ts';
import { allChecks } from '../../../hygiene/judge.ts';
import { ownChecks } from '../../checks.ts';

const checks = allChecks(ownChecks.debian);

it('has checks of different names, each with what must be true and what to do', () => {
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
  for (const { name, must, remedy } of checks) {
    expect(name).toMatch(/^[a-z-]+$/);
    expect([must, remedy].join()).not.toMatch(/[.;]$/);
  }
});

it.each<[string, { [path: string]: string }, string[]]>([
  ['archive-caches', { 'var/lib/apt/lists/a': '', 'var/cache/debconf/b': '' }, ['var/lib/apt/lists/a']],
  [
    'components',
    {
      'etc/apt/sources.list.d/a.sources': 'URIs: x\nComponents: contrib main\n',
      'etc/apt/sources.list.d/b.sources': 'URIs: x\nComponents: contrib\n',
    },
    ['etc/apt/sources.list.d/b.sources'],
  ],
  ['archive-passwords', { 'etc/apt/auth.conf.d/own.conf': 'x' }, ['etc/apt/auth.conf.d/own.conf']],
  ['plain-sources', { 'etc/apt/apt.conf.d/9': '->/etc/motd', 'etc/apt/b': '' }, ['etc/apt/apt.conf.d/9']],
  ['package-leftovers', { 'etc/a.dpkg-new': '', 'etc/b.ucf-old': '' }, ['etc/a.dpkg-new', 'etc/b.ucf-old']],
])('%s finds what is planted', (name, files, found) => {
  const { find } = checks.find((check) => check.name === name)!;
  // Nobody has read where a link leads.
  const texts = new Map(Object.entries(files).filter(([, text]) => !text.startsWith('->')));
  expect(find({ ...rootOf(files), texts }).map(({ path }) => path)).toEqual(found);
});

it.each([
  ['root ann 710 /etc/keys', []],
  ['root #1000 0710 /etc/keys', []],
  ['root root 710 /etc/keys', ['0710 0:1000, not root root 710 /etc/keys']],
])('reads a mode as dpkg-statoverride keeps it: %s', (line, found) => {
  const files = { 'etc/keys/a': '', 'etc/passwd': 'root:x:0:0\n', 'etc/group': 'root:x:0:\nann:x:1000:\n' };
  const root = rootOf({ ...files, 'var/lib/dpkg/statoverride': `${line}\n` });
  Object.assign(root.at.get('etc/keys')!, { mode: 0o710, gid: 1000 });
  const { find } = checks.find(({ name }) => name === 'overridden-modes')!;
  expect(find(root).map((violation) => violation.found)).toEqual(found);
});
